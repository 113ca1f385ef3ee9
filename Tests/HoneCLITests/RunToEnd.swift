// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Process {
  /// Starts the process and waits for its end without holding a thread, which other tests need.
  func runToEnd(started: (Int32) -> Void = { _ in }) async throws {
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    terminationHandler = { _ in end.finish() }
    try run()
    started(processIdentifier)
    for await _ in ends {}
  }
}
