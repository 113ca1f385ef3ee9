// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTasks

/// A folder of files for one test, removed at its end.
final class TaskFolder {
  let url: URL

  init(_ files: [String: String] = [:]) throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-tasks-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ name: String, _ text: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func load(
    _ name: String = "task.yaml", optimizers: [OptimizerDescription] = [.gpoForTests]
  ) throws(TaskFileProblems) -> LoadedTask {
    try TaskFile.load(URL(fileURLWithPath: name, relativeTo: url), optimizers: optimizers)
  }

  /// The problems of loading a file, a line each; empty when there are none.
  func problems(_ name: String = "task.yaml") -> [String] {
    do throws(TaskFileProblems) {
      _ = try load(name)
      return []
    } catch {
      return error.description.split(separator: "\n").map(String.init)
    }
  }
}

extension OptimizerDescription {
  static let gpoForTests = OptimizerDescription(
    name: "gpo", summary: "Searches by steps.", paper: "arXiv:0000.00000",
    settings: [
      SettingDescription(
        name: "k", kind: .integer(0...20), defaultValue: .number(3), help: "Prompts shown."),
      SettingDescription(
        name: "step-size", kind: .choice(["none", "fixed", "cosine"]),
        defaultValue: .string("cosine"), help: "How many words may change."),
      SettingDescription(
        name: "reject", kind: .flag, defaultValue: .bool(false), help: "Whether to reject."),
    ])
}

/// The folder of the tests' files.
let fixtures = Bundle.module.resourceURL?.appendingPathComponent("Fixtures")
