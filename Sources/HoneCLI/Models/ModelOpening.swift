// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneModelFiles
import HoneReport
import HoneRuns

/// Opens models by the names that tasks and flags give: the one place that knows where they run.
///
/// All names are of GGUF files, which run in this process. A role without a name takes the task's
/// model, and equal names share one model.
struct ModelOpening: Sendable {
  let library: ModelLibrary
  let weights: Weights
  let console: Console
  var isQuiet = false

  /// The models of a task.
  /// - Throws: `ModelFileError` or `ModelError` when one is not here or cannot be used.
  func models(for task: PromptTask) async throws -> ModelSet {
    var opened: [String: LlamaModel] = [:]
    func open(_ role: ModelRole) async throws -> LlamaModel {
      let name = Self.name(of: role, in: task)
      if let model = opened[name] { return model }
      let model = try await self.open(name)
      opened[name] = model
      return model
    }
    let main = try await open(.task)
    return ModelSet(
      task: main, optimizer: try await open(.optimizer),
      // A judge that was not chosen would grade its own answers.
      judge: task.models[.judge] == nil ? nil : try await open(.judge),
      embedder: try await open(.embedder))
  }

  /// The name of the model of a role.
  static func name(of role: ModelRole, in task: PromptTask) -> String {
    task.models[role] ?? task.models[.task] ?? ModelCatalog.defaultModel
  }

  /// Opens a model, pulled first when it is of the catalog and asks for no terms.
  func open(_ name: String) async throws -> LlamaModel {
    let view = ModelProgressView(console: console, isQuiet: isQuiet)
    defer { view.end() }
    try await pullIfNeeded(name, view)
    let file = try await library.prepared(name, weights: weights) { view.report($0) }
    return try LlamaModel(file: file, name: name)
  }

  private func pullIfNeeded(_ name: String, _ view: ModelProgressView) async throws {
    if let failure = Self.refusal(ofAddress: name) { throw failure }
    let isPath = name.contains("/") || name.hasSuffix(".gguf")
    guard !isPath, try library.installedModel(name) == nil else { return }
    guard let pinned = library.catalog[name] else { throw unknown(name) }
    if let terms = pinned.terms {
      throw CommandFailure(
        .modelUnavailable,
        "the model \(name) is not here yet, and comes under terms (\(terms.title)). "
          + "Read and accept them with: hone models pull \(name)")
    }
    if !isQuiet {
      console.error(
        "The model \(name) is not here yet; pulling \(ModelProgressView.size(pinned.downloadBytes))."
      )
    }
    _ = try await library.pull(name, progress: { view.report($0) })
  }

  /// Why the address of a service is no model, or nil for any other name.
  static func refusal(ofAddress name: String) -> CommandFailure? {
    guard name.lowercased().hasPrefix("http://") || name.lowercased().hasPrefix("https://") else {
      return nil
    }
    return .mistake(
      "the model “\(VisibleText.line(name))” is the address of a service, and models run in this "
        + "process only. Name one that hone models list shows, or a GGUF file; the embedder may be "
        + "a generating model or an embedding model")
  }

  private func unknown(_ name: String) -> CommandFailure {
    let known = ((try? library.list()) ?? []).map(\.name)
    let message = NearestName.message(
      "there is no model “\(VisibleText.line(name))”", for: name, among: known)
    return CommandFailure(
      .modelUnavailable,
      message + " Get another with: hone models pull hf:OWNER/REPO/FILE.gguf, "
        + "or hone models import FILE.gguf")
  }
}
