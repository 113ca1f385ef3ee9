// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneTesting
import Testing

@Suite struct EvaluationTests {
  private func run(
    _ model: ScriptedModel, judge: ScriptedModel? = nil, options: RunOptions = ScriptedRun.options,
    change: (inout PromptTask) throws -> Void = { _ in }
  ) throws -> EvaluationRun {
    var loaded = try ReviewTask.make(train: 0, dev: 4, test: 0)
    try change(&loaded.task)
    return try EvaluationRun(
      loaded, models: ModelSet(task: model, judge: judge), options: options)
  }

  private func evaluate(_ run: EvaluationRun) async throws -> Evaluation {
    try #require(
      try await run.evaluate([Candidate(seedOf: run.task.program)], on: .dev).first)
  }

  @Test func `All pairs of candidates and rows go out as one batch`() async throws {
    let model = ReviewTask.model()
    let run = try run(model)
    let seed = Candidate(seedOf: run.task.program)
    let child = seed.child(instruction: "Label the sentiment.", move: "m", step: 1)
    let evaluations = try await run.evaluate([seed, child], on: .dev)
    #expect(model.batches == [8])
    #expect(evaluations.map(\.candidate) == [seed.id, child.id])
    #expect(
      evaluations.allSatisfy { $0.results.map(\.example) == (1...4).map { "reviews.jsonl:\($0)" } })
    #expect(run.spend.calls == [.task: 8])
  }

  @Test func `A request made twice is answered from the record and charged once`() async throws {
    let model = ReviewTask.model()
    let run = try run(model)
    let seed = Candidate(seedOf: run.task.program)
    let first = try await run.evaluate([seed, seed], on: .dev)
    let again = try await run.evaluate([seed], on: .dev)
    #expect(first[0] == again[0] && first[1] == again[0])
    #expect(model.calls == 4)
    #expect(run.spend.totalCalls == 4)
  }

  @Test func `A row's images and the task's schema go out with its request`() async throws {
    var loaded = try ReviewTask.make(train: 0, dev: 4, test: 0)
    let image = ImagePart(mediaType: .png, data: Data([1, 2]))
    loaded.splits.dev[1].images = [image]
    loaded.task.generation.schema = .object(["type": .string("string")])
    let model = ReviewTask.model()
    let run = try EvaluationRun(
      loaded, models: ModelSet(task: model), options: ScriptedRun.options)
    _ = try await evaluate(run)
    #expect(model.generationRequests.map(\.input.imageCount).reduce(0, +) == 1)
    #expect(
      model.generationRequests.allSatisfy { $0.schema == .object(["type": .string("string")]) })
  }

  @Test func `Decoding may stop early only where the answer alone is scored`() async throws {
    func stops(_ change: (inout PromptTask) -> Void) async throws -> Set<AnswerKind?> {
      let model = ReviewTask.model()
      _ = try await evaluate(run(model, change: change))
      return Set(model.generationRequests.map(\.stopWhenDecided))
    }
    #expect(try await stops { _ in } == [.label(["positive", "negative"])])
    #expect(try await stops { $0.generation.fullResponses = true } == [nil])
    #expect(try await stops { $0.metric = .contains } == [nil])
    #expect(try await stops { $0.metric = .length(maxWords: 5) } == [nil])
  }

  @Test func `A final turn shows the first response and asks for the answer alone`() async throws {
    let model = ScriptedModel { request in
      guard case .chat(let messages) = request.input else { return "no chat" }
      return messages.count == 1 ? "It depends." : "positive"
    }
    let run = try run(model) { $0.answer.finalTurn = true }
    let evaluation = try await evaluate(run)
    #expect(evaluation.results.map(\.answer) == Array(repeating: "positive", count: 4))
    #expect(model.batches == [4, 4])
    let second = try #require(model.generationRequests.last)
    guard case .chat(let messages) = second.input else {
      Issue.record("the second turn is no chat")
      return
    }
    #expect(messages.map(\.role) == [.user, .assistant, .user])
    #expect(messages[1].content == "It depends.")
    #expect(messages[2].content == run.task.answer.kind.finalTurnRequest)
    #expect(model.generationRequests.first?.stopWhenDecided == nil)
    #expect(run.spend.totalCalls == 8)
  }

  @Test func `Likelihoods choose among the options`() async throws {
    let model = ScriptedModel(
      scorer: { input, text throws(ModelError) in
        let isPositive = input.scriptedText.contains("love")
        return text.contains("positive") == isPositive ? -1 : -2
      }, writer: ReviewTask.answer)
    let run = try run(model) { $0.answer.source = .likelihood(LikelihoodChoice()) }
    #expect(try await evaluate(run).score == 1)
    #expect(
      model.likelihoodRequests.map(\.continuations).allSatisfy { $0 == ["positive", "negative"] })
    #expect(model.calls == 4)
  }

  @Test(arguments: [
    ("{question}\n{instruction}", [" positive", " negative"]),
    ("{question}\n{instruction}\n", ["positive", "negative"]),
    ("{question} {instruction} ", ["positive", "negative"]),
  ])
  func `An option follows a raw text after one space`(
    template: String, continuations: [String]
  ) async throws {
    let model = ReviewTask.model()
    let run = try run(model) { task in
      task.answer.source = .likelihood(LikelihoodChoice())
      task.program.stages[0].prompt.layout = .raw(try SlotTemplate(template))
    }
    _ = try await evaluate(run)
    #expect(model.likelihoodRequests.allSatisfy { $0.continuations == continuations })
  }

  @Test func `Content-free calibration asks once a prompt with nothing in its fields`() async throws
  {
    let model = ScriptedModel(
      scorer: { input, text throws(ModelError) in
        // Always prefers "positive" by 3, and by 1 more where the review is one.
        let bias = text == "positive" ? 3.0 : 0
        let fits = input.scriptedText.contains("love") == (text == "positive")
        return -10 + bias + (fits && !input.scriptedText.contains("N/A") ? 1 : 0)
      }, writer: ReviewTask.answer)
    let run = try run(model) {
      $0.answer.source = .likelihood(LikelihoodChoice(calibration: .contentFree))
    }
    #expect(try await evaluate(run).score == 1)
    let empty = model.likelihoodRequests.filter { $0.input.scriptedText.contains("N/A") }
    #expect(empty.map(\.input) == [.chat([Message(.user, "Look at the review.\n\nN/A")])])
    #expect(model.calls == 5)
  }

  @Test func `A later stage reads what an earlier one wrote`() async throws {
    let model = ScriptedModel { request in
      request.promptText.contains("Summary:")
        ? (request.promptText.contains("[love]") ? "positive" : "negative")
        : (request.promptText.contains("love") ? "[love]" : "[hate]")
    }
    let run = try run(model) { task in
      let first = Prompt(instruction: "Sum it up.", question: try SlotTemplate("{review}"))
      let second = Prompt(instruction: "Judge.", question: try SlotTemplate("Summary: {summary}"))
      task.program = Program(stages: [
        Stage(name: "sum", inputs: ["review"], output: "summary", prompt: first),
        Stage(name: "answer", inputs: ["summary"], output: "answer", prompt: second),
      ])
    }
    #expect(try await evaluate(run).score == 1)
    // Two different summaries: equal requests are sent once.
    #expect(model.calls == 6)
  }

  @Test func `A refusal is neither right nor wrong`() async throws {
    let model = RefusingModel()
    let loaded = try ReviewTask.make(train: 0, dev: 4, test: 0)
    let run = try EvaluationRun(
      loaded, models: ModelSet(task: model), options: ScriptedRun.options)
    let evaluation = try await evaluate(run)
    #expect(evaluation.results.map(\.outcome) == Array(repeating: .refused, count: 4))
    #expect(evaluation.score == nil)
  }

  @Test func `Two prompts are compared on the same rows`() async throws {
    let loaded = try ReviewTask.make()
    let run = try EvaluationRun(
      loaded, models: ReviewTask.models(), options: ScriptedRun.options)
    let seed = Candidate(seedOf: run.task.program)
    let good = seed.child(
      instruction: ReviewTask.helpfulWords.joined(separator: " "), move: "m", step: 1)
    let (first, second, comparison) = try await run.compare(seed, good, on: .test)
    #expect(first.results.count == 20)
    #expect(second.score == 1)
    #expect(comparison.losses == 0)
    #expect(comparison.wins == 20 - first.results.count { $0.outcome.value == 1 })
  }
}

/// A model that refuses everything.
private struct RefusingModel: LanguageModel {
  let identity = ModelIdentity(name: "refusing", digest: "refusing")

  func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    BatchStream { continuation in
      for index in requests.indices {
        let answer = Generation(text: "I will not.", finish: .refused, usage: Usage())
        continuation.yield(BatchElement(index: index, result: .success(answer)))
      }
      continuation.finish()
    }
  }
}
