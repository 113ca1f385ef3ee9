// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneModelFiles
import HoneModels
import HoneOptimizers
import HoneReport
import HoneRuns

#if HONE_TRAINING
  import HoneTraining
#endif

/// Opens models by the names that tasks and flags give: the one place that knows where they run.
///
/// Names of the forms `PROVIDER:MODEL` and `http://HOST:PORT/v1#MODEL` are of models behind an API;
/// all others are of GGUF files, which run in this process. A role without a name takes the task's
/// model, and equal names share one model.
struct ModelOpening: Sendable {
  let library: ModelLibrary
  let weights: Weights?
  let console: Console
  var isQuiet = false
  var environment = ProcessInfo.processInfo.environment
  /// Takes what services tell while they work; nobody is told without.
  var news: ServiceNews?

  /// The models of a task.
  /// - Throws: `ModelFileError` or `ModelError` when one is not here or cannot be used.
  func models(for task: PromptTask) async throws -> ModelSet {
    var opened: [String: any LanguageModel] = [:]
    // One opener for all roles, so that they share the limits of a service.
    var options = try RemoteSettings.options(in: environment)
    if let news { options.news = { news.tell($0) } }
    let remote = RemoteModelOpener(environment: environment, options: options)
    func open(_ role: ModelRole) async throws -> any LanguageModel {
      let name = Self.name(of: role, in: task)
      if let model = opened[name] { return model }
      let model = try await self.open(name, remote)
      opened[name] = model
      return model
    }
    let main = try await open(.task)
    if task.generation.schema != nil { noteSchema(main) }
    return ModelSet(
      task: main, optimizer: try await open(.optimizer),
      // A judge that was not chosen would grade its own answers.
      judge: task.models[.judge] == nil ? nil : try await open(.judge),
      embedder: try await embedder(task.models[.embedder], remote) { try await open(.embedder) })
  }

  /// The model that embeds: one behind an API if it was named, else what a file's model does; none
  /// where the task's own model is behind an API and no other was named.
  private func embedder(
    _ name: String?, _ remote: RemoteModelOpener, open: () async throws -> any LanguageModel
  ) async throws -> (any EmbeddingModel)? {
    if let name, RemoteModelName.isRemote(name) { return try await remote.openEmbedder(name) }
    return try await open() as? any EmbeddingModel
  }

  /// Says that the task's schema is left out, where the model keeps to none.
  private func noteSchema(_ model: any LanguageModel) {
    let remote = (model as? RemoteLikelihoodModel)?.writer ?? model as? RemoteModel
    guard !isQuiet, remote?.takesSchema != true, !(model is LlamaModel) else { return }
    console.error(
      "note: \(VisibleText.line(model.identity.name)) keeps to no JSON schema; it is left out")
  }

  /// Opens a model, wherever it is.
  func open(_ name: String, _ remote: RemoteModelOpener) async throws -> any LanguageModel {
    #if HONE_TRAINING
      if name.hasPrefix(PrompterProposer.modelPrefix) { return try await openPrompter(name) }
    #endif
    guard RemoteModelName.isRemote(name) else { return try await openFile(name) }
    let model = try await remote.open(name)
    if !isQuiet {
      for notice in model.notices { console.error("note: " + VisibleText.line(notice)) }
    }
    return model.withLikelihoods ?? model
  }

  #if HONE_TRAINING
    /// Opens a prompter of the folder `prompters`, named `prompter:NAME`, or `prompter:NAME:TARGET` as
    /// it was adapted to a target.
    private func openPrompter(_ name: String) async throws -> LlamaModel {
      let parts = name.split(separator: ":", maxSplits: 2).dropFirst().map(String.init)
      let folder = try PrompterFolder(
        parts.first ?? "", in: URL(filePath: "prompters", directoryHint: .isDirectory))
      return try await OpenedPrompter.model(
        folder, target: parts.count > 1 ? parts[1] : nil, self)
    }
  #endif

  /// The name of the model of a role.
  static func name(of role: ModelRole, in task: PromptTask) -> String {
    task.models[role] ?? task.models[.task] ?? ModelCatalog.defaultModel
  }

  /// Opens a model's file, pulled first when it is of the catalog and asks for no terms.
  ///
  /// A name may be followed by a plus sign and the GGUF file of an adapter (LoRA).
  private func openFile(_ name: String) async throws -> LlamaModel {
    guard let mark = name.lastIndex(of: "+"), mark > name.startIndex, name.hasSuffix(".gguf"),
      !FileManager.default.fileExists(atPath: name)
    else { return try LlamaModel(file: try await file(name), name: name) }
    let adapter = URL(filePath: String(name[name.index(after: mark)...]))
    return try LlamaModel(
      file: try await file(String(name[..<mark])), name: name, adapter: adapter)
  }

  /// A model's file, pulled first when it is of the catalog and asks for no terms.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - form: The form of its weights, where it is not the opening's choice.
  /// - Returns: The file.
  /// - Throws: `ModelFileError` or `CommandFailure` when it is not here.
  func file(_ name: String, as form: Weights? = nil) async throws -> URL {
    #if HONE_TRAINING
      if ConvertedFolder.isMeant(by: name) {
        return try ConvertedFolder.file(of: name, beside: library.directory) {
          if !isQuiet { console.error($0) }
        }
      }
    #endif
    let view = ModelProgressView(console: console, isQuiet: isQuiet)
    defer { view.end() }
    try await pullIfNeeded(name, view)
    return try await library.prepared(name, weights: form ?? weights) { view.report($0) }
  }

  private func pullIfNeeded(_ name: String, _ view: ModelProgressView) async throws {
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

  private func unknown(_ name: String) -> CommandFailure {
    let known = ((try? library.list()) ?? []).map(\.name)
    let message = NearestName.message(
      "there is no model “\(VisibleText.line(name))”", for: name, among: known)
    return CommandFailure(
      .modelUnavailable,
      message + " Get another with: hone models pull hf:OWNER/REPO/FILE.gguf, "
        + "or hone models import FILE.gguf. Models behind an API are named PROVIDER:MODEL, with one of "
        + RemoteModelName.providers.joined(separator: ", ")
        + ", or http://HOST:PORT/v1#MODEL")
  }
}
