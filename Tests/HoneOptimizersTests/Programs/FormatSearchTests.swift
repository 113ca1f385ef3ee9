// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneRuns
import HoneTesting
import Testing

struct FormatSearchTests {
  /// A task of one stage that its model does only when it is asked in XML.
  private func run(_ optimizer: any Optimizer, formats: [ReplyFormat]?) async throws -> RunRecord {
    var loaded = try TwoStageTask.loaded(train: 8, dev: 8, test: 2)
    var stage = try Stage("colour", "thing -> colour: red | blue", instruction: "Tell the colour.")
    stage.call?.formats = formats
    loaded.task.program = Program(stages: [stage])
    let model = ScriptedModel { request throws(ModelError) in
      guard case .chat(let messages) = request.input, let last = messages.last?.content else {
        return ""
      }
      guard last.hasPrefix("<thing>") else { return "Colour: green" }
      let number = Int(last.split { !$0.isNumber }.first ?? "") ?? 0
      return "<colour>\(number % 4 < 2 ? "red" : "blue")</colour>"
    }
    let folder = try TemporaryFolder()
    return try await ScriptedRun.perform(
      loaded, optimizer: optimizer, models: ModelSet(task: model, optimizer: model), in: folder.url)
  }

  private static let optimizers: [any Optimizer] = [
    BootstrapRandomSearch(sets: 8),
    MIPRO(
      candidates: 4, trials: 12, proposer: MIPRO.proposer(.phrasebook, temperature: 1, maxTokens: 9)
    ),
  ]

  @Test("A search finds the format in which the model does the task", arguments: 0..<2)
  func found(index: Int) async throws {
    let optimizer = Self.optimizers[index]
    let record = try await run(optimizer, formats: [.fields, .xml])
    #expect(record.result?.best.prompts["colour"]?.format == .xml)
    #expect(record.result?.bestDevScore == 1)
    #expect(record.result?.best.lineage.move.contains("colour format xml") == true)
  }

  @Test("Without a choice the stage's format stays", arguments: 0..<2)
  func fixed(index: Int) async throws {
    let record = try await run(Self.optimizers[index], formats: nil)
    #expect(record.candidates.allSatisfy { $0.prompts["colour"]?.format == nil })
    #expect(record.result?.bestDevScore == 0)
  }
}
