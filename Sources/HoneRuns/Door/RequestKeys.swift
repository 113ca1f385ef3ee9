// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneStore

/// The keys of a batch of calls.
enum RequestKeys {
  /// Batches of fewer calls are not worth the change of threads.
  private static let partSize = 256

  /// The key of each call, in order; the calls of a large batch are hashed on all cores, as the model
  /// waits meanwhile.
  static func make<Call: RecordedCall>(
    of calls: [Call], model: ModelIdentity
  ) async throws -> [RequestKey] {
    guard calls.count > partSize else { return try part(calls[...], model) }
    return try await withThrowingTaskGroup(of: (Int, [RequestKey]).self) { group in
      for start in stride(from: 0, to: calls.count, by: partSize) {
        group.addTask {
          (start, try part(calls[start..<min(start + partSize, calls.count)], model))
        }
      }
      var parts: [Int: [RequestKey]] = [:]
      for try await (start, keys) in group { parts[start] = keys }
      return parts.sorted { $0.key < $1.key }.flatMap(\.value)
    }
  }

  private static func part<Call: RecordedCall>(
    _ calls: ArraySlice<Call>, _ model: ModelIdentity
  ) throws -> [RequestKey] {
    try calls.map { try RequestKey(model: model.digest, kind: Call.kind, request: $0) }
  }
}
