// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import HonePrograms
import HoneRuns
import HoneTesting
import Testing

/// A search over a program that uses a tool in turns, from beginning to end.
struct LoopSearchTests {
  private static func loaded() throws -> LoadedTask {
    var loop = StageLoop(
      name: "look", module: .react, most: 2,
      tools: [
        ToolCommand(name: "shout", description: "in capitals", words: ["tr", "a-z", "A-Z"])
      ])
    let stages = try loop.body.stages(
      inputs: "word", answer: "answer", instruction: "Shout it.", format: .fields)
    loop.stages = stages.map(\.name)
    let task = PromptTask(
      name: "shouting", description: "Shout a word.", inputFields: ["word"],
      answer: AnswerFormat(kind: .freeText), metric: .exactMatch,
      program: Program(
        stages: stages, mostCalls: loop.body.mostCalls(of: stages), loops: [loop]),
      models: [.task: "scripted"], budget: Budget(), seed: 3)
    let words = [
      "ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "imp", "jay", "kid", "owl",
    ]
    let rows = words.enumerated().map { index, word in
      Example(id: "w:\(index)", fields: ["word": word], references: [word.uppercased()])
    }
    return LoadedTask(
      task: task,
      splits: DataSplits(
        train: Array(rows[..<8]), dev: Array(rows[8..<10]),
        test: SealedExamples(Array(rows[10...]))))
  }

  /// Uses the tool, ends, and gives what was found; on dev only where it is shown how to end.
  private static let model = ScriptedModel { request throws(ModelError) in
    guard case .chat(let messages) = request.input else { return "" }
    let last = messages.last?.content ?? ""
    let isShown = messages.contains { $0.role == .assistant && $0.content.contains("finish") }
    guard last.contains("Tools:") else {
      let found = last.components(separatedBy: "gave: ").last ?? ""
      return "Reasoning: found\nAnswer: \(found.split(separator: "\n").first ?? "")"
    }
    if last.contains("gave:") { return "Thought: known.\nTool: finish\nInput: none" }
    let word = last.components(separatedBy: "Word: ").last?.prefix(3) ?? ""
    let isHard = ["imp", "jay", "kid", "owl"].contains(word)
    return isHard && !isShown
      ? "Thought: no idea.\nTool: finish\nInput: none"
      : "Thought: look.\nTool: shout\nInput: \(word)"
  }

  @Test("Lessons of a stage that is called in turns show both how to go on and when to end")
  func lessons() async throws {
    let folder = try TemporaryFolder()
    let record = try await ScriptedRun.perform(
      try Self.loaded(),
      optimizer: BootstrapFewShot(draws: DemonstrationDraws(lessons: 8, rows: 8)),
      models: ModelSet(task: Self.model), in: folder.url)
    let result = try #require(record.result)
    #expect(result.seedDevScore == 0 && result.bestDevScore == 1)
    let shown = try #require(result.best.prompts["look_act"]?.demonstrations)
    #expect(Set(shown.compactMap { $0.fields["tool"] }) == ["shout", "finish"])
    #expect(shown.count == 8)
    // A turn is shown with what was known when it was taken.
    for item in shown {
      let isFirst = item.fields["turns"] == "none so far"
      #expect(isFirst == (item.fields["tool"] == "shout"))
    }
    #expect(result.bestTest?.results.allSatisfy { $0.outcome.value == 1 } == true)
  }
}
