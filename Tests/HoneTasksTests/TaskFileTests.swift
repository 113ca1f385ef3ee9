// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneTasks
import Synchronization
import Testing

@Suite("Good task files")
struct TaskFileTests {
  private func load(_ name: String) throws -> LoadedTask {
    let url = try #require(fixtures).appendingPathComponent(name)
    return try TaskFile.load(url, optimizers: [.gpoForTests])
  }

  @Test("A file with every key becomes the task it says")
  func everyKey() throws {
    let loaded = try load("full.yaml")
    let task = loaded.task
    #expect(task.name == "reviews")
    #expect(task.description == "Tell good reviews from bad ones.")
    #expect(task.inputFields == ["text"])
    #expect(
      task.answer
        == AnswerFormat(
          kind: .label(["good", "bad"]),
          source: .likelihood(
            LikelihoodChoice(normalization: .tokens, calibration: .contentFree))))
    #expect(
      task.metric
        == .weighted([
          WeightedMetric(metric: .accuracy, weight: 0.75),
          WeightedMetric(metric: .length(maxWords: 3), weight: 0.25),
        ]))
    #expect(
      task.models == [
        .task: "gemma-3-270m", .optimizer: "smollm2-135m-instruct", .judge: "a", .embedder: "b",
      ])
    #expect(
      task.optimizer
        == OptimizerChoice(
          name: "gpo",
          settings: ["k": .number(5), "step-size": .string("fixed"), "reject": .bool(true)]))
    #expect(
      task.budget
        == Budget(
          calls: 5000, tokens: 2_000_000, seconds: 5400, dollars: 2.5, failures: 0.125))
    #expect(task.seed == 7)
    #expect(
      task.generation
        == GenerationSettings(maxTokens: 12, temperature: 0.5, stop: ["\n"], fullResponses: true))
    #expect(loaded.splits.train.count == 8)
    #expect(loaded.splits.dev.count == 10)
    #expect(loaded.splits.test.count == 12)
  }

  @Test("A raw prompt renders with its demonstrations")
  func rendering() throws {
    let prompt = try #require(try load("full.yaml").task.program.stages.first?.prompt)
    #expect(
      try prompt.render(["text": "Fine."])
        == .text(
          "Review: Nice & tidy.\nAnswer: good\n\nReview: *Never* again.\nAnswer: bad\n\n"
            + "Review: Fine.\nIs this review good or bad?"))
  }

  @Test("What is left out has its default")
  func defaults() throws {
    let task = try load("short.yaml").task
    #expect(task.metric == .accuracy)
    #expect(task.models == [.task: "smollm2-135m-instruct"])
    #expect(task.optimizer == OptimizerChoice(name: "gpo"))
    #expect(task.budget == Budget())
    #expect(task.answer.source == .generation)
    let prompt = try #require(task.program.stages.first?.prompt)
    #expect(prompt.layout == .beforeQuestion)
    #expect(try prompt.render(["text": "x"]) == .chat([Message(.user, "Good or bad?\n\nx")]))
  }

  @Test("JSON is read with the same keys, tabs and surrogate pairs included")
  func json() throws {
    let loaded = try load("short.json")
    #expect(loaded.task.program.stages.first?.prompt.instruction == "Good or bad? 🙂 /")
    #expect(loaded.splits.train.count == 5)
    #expect(loaded.splits.dev.count == 4)
    #expect(loaded.splits.test.count == 3)
  }

  @Test("Loading does not open the test rows, and opening them is told")
  func sealed() throws {
    let opened = Counter()
    let url = try #require(fixtures).appendingPathComponent("short.yaml")
    let loaded = try TaskFile.load(url, optimizers: [], onOpenTest: { opened.increase() })
    #expect(opened.count == 0)
    #expect(loaded.splits.test.inputs.flatMap(\.references) == [])
    #expect(loaded.splits.test.open().allSatisfy { !$0.references.isEmpty })
    #expect(opened.count == 1)
  }

  @Test("Rows that stand in two files are reported by their inputs")
  func sharedRows() throws {
    let warnings = try load("full.yaml").warnings
    #expect(warnings.count == 3)
    #expect(warnings.contains { $0.hasPrefix("test: ") && $0.contains("reviews.tsv:2") })
  }
}

/// Counts calls from any thread.
private final class Counter: Sendable {
  private let value = Mutex(0)

  var count: Int { value.withLock { $0 } }

  func increase() { value.withLock { $0 += 1 } }
}
