// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneStore
import HoneTesting
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct ResumeTests {
  /// 20 of the run's calls, drawn; the last call is the final test's last.
  static let killedAt: [Int] = {
    var random = SeededGenerator(seed: 20)
    return (0..<20).map { _ in 1 + random.nextIndex(below: 280) }.sorted()
  }()

  /// The same run from beginning to end, made once.
  static let uninterrupted = Task {
    let folder = try TemporaryFolder()
    let model = ReviewTask.model()
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: ModelSet(task: model), in: folder.url)
    return (bytes: try ScriptedRun.bytes(of: record), calls: model.calls)
  }

  @Test(arguments: killedAt)
  func `A run killed in the middle of a call resumes to the same result`(call: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, call] in
      let model = ReviewTask.model { number in
        if number == call { kill(getpid(), SIGKILL) }
      }
      _ = try await ScriptedRun.perform(
        ReviewTask.make(), optimizer: WordSearch(), models: ModelSet(task: model),
        in: URL(filePath: path))
    }
    let run = folder.url.appending(path: "reviews-2023-11-14-1")
    let recorded = try RunStore.look(at: run).journalCount()
    let model = ReviewTask.model()
    let resumed = try await Run.resume(
      run, models: ModelSet(task: model), optimizer: WordSearch(), options: ScriptedRun.options
    ).perform()

    let whole = try await Self.uninterrupted.value
    #expect(try ScriptedRun.bytes(of: resumed) == whole.bytes)
    #expect(model.calls == whole.calls - recorded)
    #expect(recorded < call)
  }

  @Test(arguments: [1, 2, 3, 4])
  func `A run stopped at a step's end resumes to the same result`(step: Int) async throws {
    let folder = try TemporaryFolder()
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: ReviewTask.model()), optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let interrupt = Interrupt()
    await #expect(throws: RunInterrupted.self) {
      try await run.perform(interrupt: interrupt) { event in
        if case .stepStarted(step, _, _) = event.event { interrupt.request() }
      }
    }
    #expect(try RunCatalog(folder.url).record(of: run.name).status == .interrupted)
    let resumed = try await run.perform()

    let whole = try await Self.uninterrupted.value
    #expect(try ScriptedRun.bytes(of: resumed) == whole.bytes)
  }

  @Test func `A cancelled run keeps its answers and can be resumed`() async throws {
    let folder = try TemporaryFolder()
    let (calls, next) = AsyncStream<Int>.makeStream()
    let model = ReviewTask.model { next.yield($0) }
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: model), optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let work = Task { try await run.perform() }
    for await call in calls where call >= 50 { break }
    work.cancel()
    await #expect(throws: CancellationError.self) { try await work.value }
    let answered = model.calls
    #expect(try RunCatalog(folder.url).record(of: run.name).status == .interrupted)
    _ = try await run.perform()
    let whole = try await Self.uninterrupted.value
    // At most the call that was on its way when the task was cancelled is made twice.
    #expect(model.calls - answered >= whole.calls - answered)
    #expect(model.calls <= whole.calls + 1)
  }

  @Test func `A second process is refused and told who works on the run`() async throws {
    let folder = try TemporaryFolder()
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: ReviewTask.model()), optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let path = run.folder.path
    let parent = getpid()
    await #expect(processExitsWith: .exitCode(7)) {
      [path = path as String, parent = parent as pid_t] in
      do {
        _ = try Run.resume(
          URL(filePath: path), models: ModelSet(task: ReviewTask.model()),
          optimizer: WordSearch())
      } catch StoreError.locked(_, let process) where process == parent {
        exit(7)
      }
    }
    #expect(try RunCatalog(folder.url).list().first?.process == parent)
    _ = try await run.perform()
  }
}
