// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HonePrograms
import HoneRuns
import HoneTesting
import Testing

/// The model that the tests run on, named by the environment.
private enum EmbeddedModel {
  static var file: URL? {
    ProcessInfo.processInfo.environment["HONE_TEST_MODEL"].map { URL(filePath: $0) }
  }
}

/// The ready-made programs on own small data with the embedded model.
///
/// A model of 135 million parameters is no judge of them, so what is asked is that every example comes
/// to an answer, that each stage did its part, and that what needs no model is right.
@Suite(
  .enabled(if: EmbeddedModel.file != nil, "Set HONE_TEST_MODEL, or run `make test`"),
  .serialized)
struct WorkedProgramTests {
  private static let shared = Result<LlamaModel, any Error> {
    guard let file = EmbeddedModel.file else { throw ModelError(.unusableModel, "no model is set") }
    return try LlamaModel(file: file, name: "test", options: LlamaOptions(threads: 1))
  }

  /// Evaluates a program on examples, all of them in one batch a round.
  private func evaluate(
    _ program: Program, _ body: any ProgramBody, _ rows: [Example], kind: AnswerKind
  ) async throws -> Evaluation {
    let task = PromptTask(
      name: "worked", description: "", inputFields: rows.first.map { Array($0.fields.keys) } ?? [],
      answer: AnswerFormat(kind: kind), metric: kind == .freeText ? .tokenF1 : .accuracy,
      program: program, generation: GenerationSettings(maxTokens: 24))
    let loaded = LoadedTask(
      task: task, splits: DataSplits(train: [], dev: rows, test: SealedExamples([])))
    let run = try EvaluationRun(
      loaded, models: ModelSet(task: try Self.shared.get()), body: body,
      options: ScriptedRun.options)
    return try #require(
      try await run.evaluate([Candidate(seedOf: program)], on: .dev).first)
  }

  @Test("Questions over documents are answered in two hops")
  func hops() async throws {
    let index = BM25Index([
      .init(id: "1", text: "The Blue Door was painted by Ada Lund."),
      .init(id: "2", text: "Ada Lund was born in the town of Narvik."),
      .init(id: "3", text: "The Red Boat was painted by Ivo Kral."),
      .init(id: "4", text: "Ivo Kral was born in the town of Zadar."),
      .init(id: "5", text: "A door may be blue, and a boat red."),
    ])
    let body = HoppingRetrieval(index: index, hops: 2, passages: 2)
    let rows = [("The Blue Door", "Narvik"), ("The Red Boat", "Zadar")].map { work, town in
      Example(
        id: work, fields: ["question": "In which town was the painter of \(work) born?"],
        references: [town])
    }
    let found = try await evaluate(
      try body.program(format: .completion), body, rows, kind: .freeText)
    for result in found.results {
      #expect(result.trace?.map(\.stage) == ["query", "query", "answer"])
      #expect(result.outcome.value != nil && !result.response.isEmpty)
    }
    let contexts = found.results.compactMap { $0.trace?.last?.inputs["context"] }
    #expect(contexts.contains { $0.contains("was painted by") || $0.contains("was born in") })
  }

  @Test("Texts are sorted under many labels by inferring, retrieving and ranking")
  func labels() async throws {
    let labels = [
      "lost card", "card arrival", "exchange rate", "cash withdrawal", "age limit", "top up",
      "refund", "wrong amount", "verify identity", "change pin",
    ]
    let body = InferRetrieveRank(labels: labels, shortlist: 4)
    let rows = [
      ("I lost my card on the train.", "lost card"), ("How do I change my pin?", "change pin"),
      ("When will my refund come?", "refund"),
    ].map { Example(id: $1, fields: ["text": $0], references: [$1]) }
    let program = try body.program(
      instruction: "Name what a bank's customer wants.", format: .completion)
    let found = try await evaluate(program, body, rows, kind: .label(labels))
    for (row, result) in zip(rows, found.results) {
      let options = result.trace?.last?.inputs["options"] ?? ""
      #expect(options.contains(row.id), "\(options)")
      #expect(result.outcome.value != nil)
    }
  }

  @Test("Word problems go through a program that is run, and tools through their turns")
  func tools() async throws {
    // What a model writes is not run here: the interpreter knows one multiplication and no more.
    let calculator = Tool("calculator", "multiplies two numbers") { code in
      let numbers = code.split { !$0.isNumber }.prefix(2).compactMap { Int($0.prefix(6)) }
      guard numbers.count == 2 else { throw ToolProblem(description: "give two numbers") }
      return String(numbers[0] * numbers[1])
    }
    let thought = ProgramOfThought(
      interpreter: calculator, attempts: 1, language: "calculator")
    let problem = Example(
      id: "p", fields: ["question": "Six boxes hold seven eggs each. How many eggs?"],
      references: ["42"])
    let computed = try await evaluate(
      try thought.program(
        inputs: "question", answer: "answer: number", instruction: "Solve it."),
      thought, [problem], kind: .number(decimals: 0))
    #expect(computed.results[0].trace?.first?.stage == "code")
    #expect(computed.results[0].outcome.value != nil)

    let agent = ReAct(
      tools: [
        Tool("orders", "the state of an order, by its number") { number in
          number.contains("17") ? "order 17 was sent yesterday" : "no such order"
        },
        Tool("rules", "the shop's rules on a subject") { _ in "returns are free for 30 days" },
      ], turns: 2)
    let ticket = Example(
      id: "t", fields: ["ticket": "Where is my order 17?"], references: ["sent yesterday"])
    let answered = try await evaluate(
      try agent.program(inputs: "ticket", answer: "reply", instruction: "Help the customer."),
      agent, [ticket], kind: .freeText)
    #expect(answered.results[0].trace?.last?.stage == "answer")
    #expect(answered.results[0].outcome.value != nil)
  }
}
