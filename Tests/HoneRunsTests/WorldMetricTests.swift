// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneTesting
import Testing

@Suite struct WorldMetricTests {
  private func evaluate(
    _ metric: MetricConfiguration, judge: ScriptedModel? = nil,
    options: RunOptions = ScriptedRun.options
  ) async throws -> (evaluation: Evaluation, spend: Spend) {
    var loaded = try ReviewTask.make(train: 0, dev: 4, test: 0)
    loaded.task.metric = metric
    let run = try EvaluationRun(
      loaded, models: ModelSet(task: ReviewTask.model(), judge: judge), options: options)
    let evaluations = try await run.evaluate([Candidate(seedOf: run.task.program)], on: .dev)
    return (try #require(evaluations.first), run.spend)
  }

  /// A program of the shell that gives each response the score 0.25.
  static let quarter = [
    "sh", "-c", "while read -r line; do echo '{\"score\": 0.25, \"feedback\": \"so so\"}'; done",
  ]

  @Test func `A program scores the responses`() async throws {
    let (evaluation, spend) = try await evaluate(.command(Self.quarter))
    #expect(evaluation.score == 0.25)
    #expect(
      evaluation.results.allSatisfy { $0.outcome == .scored(Score(0.25, feedback: "so so")) })
    #expect(spend.totalCalls == 4)
  }

  @Test func `A program reads each response with its example`() async throws {
    let script = """
      import json, sys
      for line in sys.stdin:
          row = json.loads(line)
          right = row["answer"] in row["references"] and row["fields"]["review"] and row["id"]
          print(json.dumps({"score": 1.0 if right else 0.0}))
      """
    let (evaluation, _) = try await evaluate(.command(["python3", "-c", script]))
    let (accuracy, _) = try await evaluate(.accuracy)
    #expect(evaluation.results.map(\.outcome.value) == accuracy.results.map(\.outcome.value))
  }

  @Test(arguments: [
    (["no-such-program-here"], "could not be run"),
    (["sh", "-c", "echo broken >&2; exit 3"], "broken"),
    (["sh", "-c", "echo '{\"score\": 1}'"], "wrote 1 of 4 scores"),
    (["sh", "-c", "while read -r line; do echo good; done"], "line 1"),
  ])
  func `A program that fails stops the run and is named`(
    words: [String], problem: String
  ) async throws {
    let error = await #expect(throws: RunError.self) { try await evaluate(.command(words)) }
    #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
    #expect(error?.description.contains(words.joined(separator: " ")) == true)
  }

  @Test func `A program that takes too long is stopped`() async throws {
    var options = ScriptedRun.options
    options.commandSeconds = 0.1
    let error = await #expect(throws: RunError.self) {
      try await evaluate(.command(["sleep", "60"]), options: options)
    }
    #expect(error?.description.contains("took longer than 0.1 seconds") == true)
  }

  @Test func `A response that the program cannot score is not counted`() async throws {
    let script = """
      while read -r line; do
        case "$line" in
          *love*) echo '{"score": 1}';;
          *) echo '{"error": "no idea"}';;
        esac
      done
      """
    let (evaluation, _) = try await evaluate(.command(["sh", "-c", script]))
    #expect(evaluation.score == 1)
    #expect(evaluation.coverage == 0.5)
  }

  @Test func `A judge grades by the rubric and is charged in its role`() async throws {
    let judge = ScriptedModel(name: "judge", digest: "judge") { request in
      request.promptText.contains("Be brief.") ? "Good and short.\nGrade: 7" : "no rubric"
    }
    let (evaluation, spend) = try await evaluate(.judge(rubric: "Be brief."), judge: judge)
    #expect(evaluation.score == 0.7)
    #expect(spend.calls == [.task: 4, .judge: 4])
  }

  @Test func `A judge's reply without a grade is a failure, not a 0`() async throws {
    let judge = ScriptedModel(name: "judge", digest: "judge") { _ in "I like it." }
    let (evaluation, _) = try await evaluate(.judge(rubric: "Be brief."), judge: judge)
    #expect(evaluation.score == nil)
    #expect(evaluation.coverage == 0)
  }

  @Test func `A judge that is not there is asked for before anything is sent`() async throws {
    await #expect(throws: ModelError.self) { try await evaluate(.judge(rubric: "Be brief.")) }
  }

  @Test func `A sum joins pure metrics with those that need the world`() async throws {
    let metric = MetricConfiguration.weighted([
      WeightedMetric(metric: .accuracy, weight: 0.5),
      WeightedMetric(metric: .command(Self.quarter), weight: 0.5),
    ])
    let (sum, _) = try await evaluate(metric)
    let (accuracy, _) = try await evaluate(.accuracy)
    let expected = accuracy.results.map { 0.5 * ($0.outcome.value ?? 0) + 0.125 }
    #expect(sum.results.map(\.outcome.value) == expected)
  }
}
