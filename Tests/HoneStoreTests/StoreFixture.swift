// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore

/// A store in a folder of its own, deleted with the object.
final class StoreFixture: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "hone-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  static func header(test: [Example] = []) throws -> RunHeader {
    let task = PromptTask(
      name: "t", description: "d", inputFields: ["q"], answer: AnswerFormat(kind: .yesNo),
      metric: .accuracy,
      program: Program(
        prompt: Prompt(instruction: "i", question: try SlotTemplate("{q}")), inputs: ["q"]),
      seed: .max)
    return RunHeader(
      task: task, models: [.task: ModelIdentity(name: "m", digest: "d")], dataDigest: "00",
      sealedTest: try SealedExamples(test).archive(), started: Date(timeIntervalSince1970: 1000))
  }

  func create() throws -> RunStore {
    try RunStore.create(
      in: folder, header: Self.header(test: [Self.example(9)]), train: [Self.example(1)],
      dev: [Self.example(2), Self.example(3)])
  }

  static func example(_ number: Int) -> Example {
    Example(id: "data:\(number)", fields: ["q": "question \(number)"], references: ["yes"])
  }

  static func key(_ text: String, model: String = "m", sample: Int = 0) throws -> RequestKey {
    try RequestKey(
      model: model, kind: .generate,
      request: GenerationRequest(
        input: .text(text), maxTokens: 4, temperature: 1, sampleIndex: sample))
  }

  static func entry(_ text: String, response: String = "{}", failed: Bool = false) throws
    -> JournalEntry
  {
    JournalEntry(
      key: try key(text), kind: .generate, role: .task, response: response, failed: failed,
      usage: Usage(promptTokens: 3, completionTokens: 2, dollars: 0.5), duration: 0.25,
      cached: false)
  }
}
