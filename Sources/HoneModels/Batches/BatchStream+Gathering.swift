// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension AsyncThrowingStream where Failure == any Error {
  /// What a task yields; cancelling the one who reads cancels it, and what it throws ends the stream.
  static func gathering(
    _ work: @escaping @Sendable (Continuation) async throws -> Void
  ) -> AsyncThrowingStream where Element: Sendable {
    AsyncThrowingStream { continuation in
      let task = Task {
        do {
          try await work(continuation)
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }
}
