// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The last calls of a run, to tell a few failures from an outage.
///
/// Counts failures that come from outside: a request that is too long for the model or that it
/// cannot express is the prompt's fault and says nothing about the model's health.
struct FailureWindow: Sendable {
  private let size: Int
  private let share: Double
  private var failures: [Bool] = []
  private var next = 0
  private var failed = 0
  private var lastMessage = ""

  init(size: Int, share: Double) {
    self.size = max(1, size)
    self.share = share
  }

  /// Takes the next call in the order of requests.
  /// - Throws: ``RunError/tooManyFailures(failed:of:allowed:last:)`` when the share of failures in a full
  ///   window is exceeded; with fewer calls so far, when that many failed already.
  mutating func add(_ error: ModelError?) throws(RunError) {
    let isFailure: Bool
    switch error?.kind {
    case .unavailable, .engine, .outOfMemory, .unusableModel: isFailure = true
    case .tooLong, .unsupported, nil: isFailure = false
    }
    if failures.count < size {
      failures.append(isFailure)
    } else {
      if failures[next] { failed -= 1 }
      failures[next] = isFailure
      next = (next + 1) % size
    }
    guard isFailure else { return }
    failed += 1
    lastMessage = error?.message ?? ""
    if Double(failed) > share * Double(size) {
      throw .tooManyFailures(
        failed: failed, of: failures.count, allowed: share, last: lastMessage)
    }
  }
}
