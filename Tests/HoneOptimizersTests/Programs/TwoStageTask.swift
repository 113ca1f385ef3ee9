// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneRuns
import HoneTesting
import Testing

/// A program of two stages whose scripted model is right about a word when it is shown how.
///
/// The first stage tells the kind of a thing, the second its colour. A thing is told rightly when its
/// number is even, or when at least two demonstrations are shown.
enum TwoStageTask {
  static func program(format: ReplyFormat = .fields) throws -> Program {
    Program(stages: [
      try Stage("kind", "thing -> kind", instruction: "Tell the kind.", format: format),
      try Stage(
        "colour", "thing, kind -> colour: red | blue", instruction: "Tell the colour.",
        format: format),
    ])
  }

  static func loaded(
    train: Int = 4, dev: Int = 2, test: Int = 1, budget: Budget = Budget(), seed: UInt64 = 1
  ) throws -> LoadedTask {
    let task = PromptTask(
      name: "things", description: "Tell the colour of a thing.", inputFields: ["thing"],
      answer: AnswerFormat(kind: .label(["red", "blue"])), metric: .accuracy,
      program: try program(), models: [.task: "scripted", .optimizer: "scripted-large"],
      budget: budget, seed: seed)
    let rows = (1...(train + dev + test)).map { number in
      Example(
        id: "t:\(number)", fields: ["thing": "thing \(number)"],
        references: [number % 4 < 2 ? "red" : "blue"])
    }
    return LoadedTask(
      task: task,
      splits: DataSplits(
        train: Array(rows[..<train]), dev: Array(rows[train..<(train + dev)]),
        test: SealedExamples(Array(rows[(train + dev)...]))))
  }

  static let answer: ScriptedModel.Writer = { request throws(ModelError) in
    guard case .chat(let messages) = request.input else { return "no chat" }
    let last = messages.last?.content ?? ""
    let number = Int(last.split { !$0.isNumber }.first ?? "") ?? 0
    guard last.contains("Kind:") else { return "Kind: kind of \(number)" }
    let isRed = number % 4 < 2
    let shown = messages.count { $0.role == .assistant }
    let isRight = number % 2 == 0 || shown >= 2
    return "Colour: " + (isRed == isRight ? "red" : "blue")
  }

  /// A request in a line: the stage, the demonstrations as `number>answer`, and the row's number.
  static func line(_ request: GenerationRequest) -> String {
    guard case .chat(let messages) = request.input else { return "no chat" }
    let stage = messages[0].content.contains("colour") ? "colour" : "kind"
    var shown: [String] = []
    for (question, answer) in zip(messages, messages.dropFirst()) where answer.role == .assistant {
      let known = question.content.contains("Kind:") || stage == "kind" ? "" : "?"
      shown.append(
        number(in: question.content) + known + ">"
          + (answer.content.split(separator: " ").last.map(String.init) ?? ""))
    }
    return "\(stage) [\(shown.joined(separator: " "))] \(number(in: messages.last?.content ?? ""))"
  }

  private static func number(in text: String) -> String {
    text.split { !$0.isNumber }.first.map(String.init) ?? "?"
  }

  /// Runs an optimizer from beginning to end.
  static func run(
    _ optimizer: any Optimizer, loaded: LoadedTask? = nil,
    writer: @escaping ScriptedModel.Writer = { _ throws(ModelError) in "" }
  ) async throws -> (record: RunRecord, requests: [String], asked: [GenerationRequest]) {
    let model = ScriptedModel(writer: answer)
    let large = ScriptedModel(name: "scripted-large", digest: "large", writer: writer)
    let folder = try TemporaryFolder()
    let record = try await ScriptedRun.perform(
      try loaded ?? self.loaded(), optimizer: optimizer,
      models: ModelSet(
        task: model, optimizer: large,
        embedder: ScriptedModel(name: "vectors", digest: "vectors") { _ throws(ModelError) in "" }),
      in: folder.url)
    return (record, model.generationRequests.map(line), large.generationRequests)
  }
}
