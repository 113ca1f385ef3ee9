// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing

@testable import HoneCLI

@Suite("Signals")
struct InterruptTests {
  @Test("Each of several pieces of work in one process hears of a signal of its own")
  func again() async throws {
    for _ in 0..<3 {
      let counts = Mutex<[Int]>([])
      let signals = InterruptSignals { count in counts.withLock { $0.append(count) } }
      // One signal a listener: another that came after the end would end the tests.
      kill(getpid(), SIGINT)
      for _ in 0..<6000 where counts.withLock(\.isEmpty) {
        try await Task.sleep(for: .milliseconds(10))
      }
      signals.end()
      #expect(counts.withLock { $0 } == [1])
    }
  }
}
