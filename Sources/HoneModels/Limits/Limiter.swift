// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets requests go to the endpoints of one service, in the order they come, as fast as these allow.
///
/// All roles and batches that use a service share one. Which endpoint a request goes to is decided
/// when it goes, so that none waits at a slow one while another is free.
final class Limiter: Sendable {
  /// A request that was let go.
  struct Permit: Sendable {
    let tokens: Int
    let place: EndpointBoard.Place
  }

  private struct Waiter {
    let tokens: Int
    let continuation: CheckedContinuation<Permit, any Error>
  }

  private struct Line {
    var board: EndpointBoard
    var waiting: [UInt64: Waiter] = [:]
    var first: UInt64 = 0
    var next: UInt64 = 0
    var hasTimer = false
  }

  private let line: Mutex<Line>
  private let clock: RequestClock

  init(_ limits: ServiceLimits, endpoints: Int = 1, clock: RequestClock) {
    self.clock = clock
    most = limits.mostInFlight * max(1, endpoints)
    line = Mutex(Line(board: EndpointBoard(limits, endpoints: endpoints, now: clock.now())))
  }

  /// The most that may ever be in flight.
  let most: Int
  /// The most that may be in flight now.
  var limit: Int { line.withLock { $0.board.limit } }
  /// How many are in flight.
  var inFlight: Int { line.withLock { $0.board.inFlight } }

  /// Waits until a request of at most so many tokens may go.
  /// - Throws: `CancellationError`.
  func permit(tokens: Int) async throws -> Permit {
    let id = line.withLock { line in
      defer { line.next += 1 }
      return line.next
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isIn = line.withLock { line in
          // Looked at under the lock: a later cancellation finds the waiter in the line.
          guard !Task.isCancelled else { return false }
          line.waiting[id] = Waiter(tokens: tokens, continuation: continuation)
          // Numbers are given before the place in line is taken, so one may come late.
          line.first = min(line.first, id)
          return true
        }
        guard isIn else { return continuation.resume(throwing: CancellationError()) }
        letGo()
      }
    } onCancel: {
      line.withLock { $0.waiting.removeValue(forKey: id) }?
        .continuation.resume(throwing: CancellationError())
      // The one that left may have been the first in line.
      letGo()
    }
  }

  /// Takes the end of a request that was let go.
  /// - Returns: What became of the endpoint, when that changed.
  @discardableResult
  func done(_ permit: Permit, _ end: RequestEnd) -> EndpointChange? {
    let now = clock.now()
    let change = line.withLock {
      $0.board.done(end, at: permit.place, reserved: permit.tokens, now: now)
    }
    letGo()
    return change
  }

  private func letGo() {
    let now = clock.now()
    let (ready, wait) = line.withLock { line -> ([(Waiter, Permit)], Double?) in
      var ready: [(Waiter, Permit)] = []
      while line.first < line.next {
        guard let waiter = line.waiting[line.first] else {
          // Not in line yet, or gone: those behind need not wait for it.
          line.first += 1
          continue
        }
        switch line.board.admit(tokens: waiter.tokens, now: now) {
        case .go(let place):
          line.waiting[line.first] = nil
          line.first += 1
          ready.append((waiter, Permit(tokens: waiter.tokens, place: place)))
        case .whenOneIsDone: return (ready, nil)
        case .after(let seconds):
          guard !line.hasTimer else { return (ready, nil) }
          line.hasTimer = true
          return (ready, seconds)
        }
      }
      return (ready, nil)
    }
    for (waiter, permit) in ready { waiter.continuation.resume(returning: permit) }
    if let wait { wake(after: wait) }
  }

  private func wake(after seconds: Double) {
    Task { [clock] in
      try? await clock.sleep(seconds)
      line.withLock { $0.hasTimer = false }
      letGo()
    }
  }
}
