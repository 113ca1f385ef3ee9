// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The results of examples that run side by side, collected in their order.
final class ProgramResults: Sendable {
  private let state: Mutex<(results: [ProgramResult?], errors: [Int: any Error])>

  init(count: Int) {
    state = Mutex(([ProgramResult?](repeating: nil, count: count), [:]))
  }

  func set(_ result: ProgramResult, at index: Int) {
    state.withLock { $0.results[index] = result }
  }

  func fail(_ error: any Error, at index: Int) {
    state.withLock { $0.errors[index] = error }
  }

  /// All results in order.
  /// - Throws: the error of the first example that has one.
  func all() throws -> [ProgramResult] {
    let (results, errors) = state.withLock { $0 }
    if let first = errors.min(by: { $0.key < $1.key }) { throw first.value }
    return results.compactMap { $0 }
  }
}
