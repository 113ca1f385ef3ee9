// SPDX-License-Identifier: Apache-2.0

/// Work that Ctrl-C cancels, so that it can put things in order before it ends.
enum CancelledBySignal {
  /// Runs the work; the first signal cancels it.
  static func run<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let work = Task { try await body() }
    let signals = InterruptSignals { _ in work.cancel() }
    defer { signals.end() }
    return try await work.value
  }
}
