// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets only so many of many tasks go on at once, the others in the order they came.
final class Turns: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  /// Creates turns for so many tasks at once, at least one.
  init(_ count: Int) {
    state = Mutex(State(free: max(1, count)))
  }

  /// How many tasks wait.
  var waiting: Int { state.withLock { $0.waiting.count } }

  /// Does the work when it is its turn.
  ///
  /// A cancelled task waits as well and then finds itself cancelled; no turn is long.
  func take<Value>(_ work: () async throws -> Value) async rethrows -> Value {
    await withCheckedContinuation { turn in
      let goesOn = state.withLock { state in
        guard state.free > 0 else {
          state.waiting.append(turn)
          return false
        }
        state.free -= 1
        return true
      }
      if goesOn { turn.resume() }
    }
    defer { release() }
    return try await work()
  }

  private func release() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
