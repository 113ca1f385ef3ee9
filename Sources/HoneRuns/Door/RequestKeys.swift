// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneStore

/// The keys of a batch of calls.
enum RequestKeys {
  /// The key of each call, in order.
  static func make<Call: RecordedCall>(
    of calls: [Call], model: ModelIdentity
  ) async throws -> [RequestKey] {
    try await inParts(calls) { part in
      try part.map { try RequestKey(model: model.digest, kind: Call.kind, request: $0) }
    }
  }
}
