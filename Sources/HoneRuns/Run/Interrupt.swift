// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A user's wish to stop, granted at the end of the optimizer's step.
///
/// Ask once and the run saves itself at the step's end and throws `RunInterrupted`. To stop within a
/// step, cancel the task that performs the run: nothing recorded is lost.
public final class Interrupt: Sendable {
  private let requested = Atomic<Bool>(false)

  /// Creates a wish not yet made.
  public init() {}

  /// Asks the run to stop at the end of its step; may be called from a signal's source.
  public func request() {
    requested.store(true, ordering: .releasing)
  }

  /// Whether the wish was made.
  public var isRequested: Bool { requested.load(ordering: .acquiring) }
}
