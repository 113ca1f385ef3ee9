// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import HonePrograms
import HoneRuns
import HoneTesting
import Synchronization
import Testing

/// Whole runs of a program with control flow of its own.
struct OwnControlFlowTests {
  /// Asks a second time when the first answer is not sure.
  private struct Careful: ProgramBody {
    func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String] {
      let first = try await run.call("guess", inputs.merging(["hint": "none"]) { $1 })
      guard first["sure"] == "false" else { return first }
      return try await run.call("guess", inputs.merging(["hint": "look again"]) { $1 })
    }
  }

  private static let answer: ScriptedModel.Writer = { request throws(ModelError) in
    guard case .chat(let messages) = request.input, let last = messages.last?.content else {
      return ""
    }
    let isLove = last.contains("love")
    let shown = messages.count { $0.role == .assistant }
    let isSure = last.contains("look again") || isLove || shown > 1
    let isRight = last.contains("look again") || isLove
    return "Sure: \(isSure)\nLabel: \(isLove == isRight ? "positive" : "negative")"
  }

  private func loaded() throws -> LoadedTask {
    var loaded = try ReviewTask.make(train: 6, dev: 6, test: 4)
    let stage = try Stage(
      "guess", "review, hint -> sure: bool, label: positive | negative", instruction: "Judge.")
    loaded.task.program = Program(stages: [stage], mostCalls: 4)
    return loaded
  }

  private func run(
    _ optimizer: any Optimizer, in folder: TemporaryFolder,
    beforeCall: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Run {
    try Run.create(
      try loaded(),
      models: ModelSet(task: ScriptedModel(beforeCall: beforeCall, writer: Self.answer)),
      optimizer: optimizer, in: RunCatalog(folder.url), body: Careful(),
      options: ScriptedRun.options)
  }

  @Test("It is evaluated, traced call by call, searched and tested")
  func whole() async throws {
    let folder = try TemporaryFolder()
    let record = try await run(LabeledFewShot(demonstrations: 1), in: folder).perform()
    let seed = try #require(record.result?.seedTest)
    #expect(seed.score == 1)
    for (row, result) in zip(record.result?.testExamples ?? [], seed.results) {
      let isLove = row.fields["review"]?.contains("love") == true
      #expect(result.trace?.count == (isLove ? 1 : 2))
      #expect(result.trace?.last?.inputs["hint"] == (isLove ? "none" : "look again"))
    }
  }

  @Test("It is stopped and resumed to the same result, and each call is paid for once")
  func resumed() async throws {
    let whole = try TemporaryFolder()
    let expected = try await run(LabeledFewShot(demonstrations: 1), in: whole).perform()
    let folder = try TemporaryFolder()
    let work = TaskBox()
    var stopped: Run? = try run(LabeledFewShot(demonstrations: 1), in: folder) { number in
      if number == 9 { work.cancel() }
    }
    let url = try #require(stopped?.folder)
    if let stopped {
      let task = Task { try await stopped.perform() }
      work.set(task)
      _ = try? await task.value
    }
    stopped = nil
    let model = ScriptedModel(writer: Self.answer)
    let record = try await Run.resume(
      url, models: ModelSet(task: model), optimizer: LabeledFewShot(demonstrations: 1),
      body: Careful(), options: ScriptedRun.options
    ).perform()
    #expect(record.result == expected.result)
    #expect(record.spend == expected.spend)
    #expect(model.calls < expected.spend.totalCalls)
  }
}

/// Holds a task that is cancelled from within its own work.
private final class TaskBox: Sendable {
  private let state = Mutex((task: Task<RunRecord, any Error>?.none, isCancelled: false))

  func set(_ task: Task<RunRecord, any Error>) {
    state.withLock { state in
      state.task = task
      if state.isCancelled { task.cancel() }
    }
  }

  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      state.task?.cancel()
    }
  }
}
