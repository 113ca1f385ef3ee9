// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import GRDB
import Synchronization

/// Collects writes and carries them out in order, many to a transaction.
///
/// A transaction is due 50 ms after the first write it holds, or at once when it has 256. A process
/// that is killed loses at most the writes of the transaction that was due, and always the last ones.
final class BatchedWriter: Sendable {
  private static let delay = DispatchTimeInterval.milliseconds(50)
  private static let limit = 256

  private let database: DatabaseQueue
  private let queue = DispatchQueue(label: "hone.store.writer")
  private let state = Mutex(State())

  init(_ database: DatabaseQueue) {
    self.database = database
  }

  /// Takes a write, to be carried out soon.
  /// - Throws: what an earlier transaction failed with.
  func append(_ write: StoreWrite) throws {
    let action = try state.withLock { state -> Action in
      if let failure = state.failure { throw failure }
      state.waiting.append(write)
      if case .call(let entry) = write { state.unwritten[entry.key] = entry }
      if state.waiting.count == Self.limit { return .now }
      return state.waiting.count == 1 ? .later : .none
    }
    switch action {
    case .none: break
    case .now: queue.async { self.carryOut() }
    case .later: queue.asyncAfter(deadline: .now() + Self.delay) { self.carryOut() }
    }
  }

  /// Carries out all that waits before it returns.
  /// - Throws: what this or an earlier transaction failed with.
  func flush() throws {
    queue.sync { carryOut() }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// The call of a key that was taken but is not in the file yet.
  func unwritten(_ key: RequestKey) -> JournalEntry? {
    state.withLock { $0.unwritten[key] }
  }

  private func carryOut() {
    let writes = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    guard !writes.isEmpty else { return }
    do {
      try database.write { db in
        for write in writes { try write.perform(in: db) }
      }
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
    }
    state.withLock { state in
      for case .call(let entry) in writes { state.unwritten[entry.key] = nil }
    }
  }

  private enum Action {
    case none, now, later
  }

  private struct State {
    var waiting: [StoreWrite] = []
    /// Calls that a look-up in the file would miss.
    var unwritten: [RequestKey: JournalEntry] = [:]
    var failure: (any Error)?
  }
}
