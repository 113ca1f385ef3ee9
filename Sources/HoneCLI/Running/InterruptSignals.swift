// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// Counts Ctrl-C and polite requests to end, in place of the system's sudden end.
///
/// Afterwards, see ``end()``, the signals do again what they did.
final class InterruptSignals {
  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
  }

  private let sources: [any DispatchSourceSignal]
  private static let signals = [SIGINT, SIGTERM]

  /// Calls `onSignal` with 1 for the first signal, 2 for the second, and so on.
  init(onSignal: @escaping @Sendable (Int) -> Void) {
    let queue = DispatchQueue(label: "hone.signals")
    let counter = Counter()
    sources = Self.signals.map { number in
      // The default would end the process before the source hears of it.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { onSignal(counter.next()) }
      source.resume()
      return source
    }
  }

  /// Gives the signals back to the system.
  func end() {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }
}
