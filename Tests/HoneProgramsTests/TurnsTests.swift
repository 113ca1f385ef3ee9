// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import HonePrograms

struct TurnsTests {
  @Test("No more tasks go on at once than there are turns, and all come to theirs")
  func count() async throws {
    let turns = Turns(3)
    let tally = Tally()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          await turns.take {
            tally.begin()
            for _ in 0..<20 { await Task.yield() }
            tally.end()
          }
        }
      }
    }
    #expect(tally.counts.most <= 3 && tally.counts.done == 40 && tally.counts.now == 0)
    #expect(turns.waiting == 0)
  }

  @Test("The time that a tool waits for its turn is not counted")
  func waiting() async throws {
    let turns = Turns(1)
    var tool = Tool("echo", "Says it again.", limit: .milliseconds(500)) { $0 }
    tool.turns = turns
    let waiter = await turns.take { [tool] in
      let waiter = Task { await tool.answer("hello") }
      while turns.waiting == 0 { await Task.yield() }
      try? await Task.sleep(for: .milliseconds(600))
      return waiter
    }
    #expect(await waiter.value == "hello")
  }

  @Test("A failure gives the turn back")
  func failure() async throws {
    struct Broken: Error {}
    let turns = Turns(1)
    await #expect(throws: Broken.self) { try await turns.take { throw Broken() } }
    #expect(await turns.take { 7 } == 7)
  }
}

/// How many tasks go on, went on at once at most, and are done.
private final class Tally: Sendable {
  struct Counts {
    var now = 0
    var most = 0
    var done = 0
  }

  private let state = Mutex(Counts())

  var counts: Counts { state.withLock { $0 } }

  func begin() {
    state.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
  }

  func end() {
    state.withLock {
      $0.now -= 1
      $0.done += 1
    }
  }
}
