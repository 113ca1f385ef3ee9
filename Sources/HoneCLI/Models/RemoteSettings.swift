// SPDX-License-Identifier: Apache-2.0

import HoneModels

/// The limits of services that the environment sets.
enum RemoteSettings {
  /// Reads `HONE_CONCURRENCY`, `HONE_REQUESTS_PER_MINUTE` and `HONE_TOKENS_PER_MINUTE`.
  /// - Throws: ``CommandFailure`` for one that is no number above 0.
  static func options(in environment: [String: String]) throws -> RemoteOptions {
    func number(_ name: String) throws -> Double? {
      guard let text = environment[name], !text.isEmpty else { return nil }
      guard let value = Double(text), value >= 1, value <= 1e12 else {
        throw CommandFailure.mistake("the variable \(name) must be a number of at least 1")
      }
      return value
    }
    var limits = ServiceLimits()
    if let most = try number("HONE_CONCURRENCY") {
      limits.mostInFlight = Int(min(most, 4096))
      limits.startInFlight = min(limits.startInFlight, limits.mostInFlight)
    }
    limits.requestsPerMinute = try number("HONE_REQUESTS_PER_MINUTE")
    limits.tokensPerMinute = try number("HONE_TOKENS_PER_MINUTE")
    return RemoteOptions(
      limits: limits,
      transport: TransportOptions(connections: max(256, limits.mostInFlight)))
  }
}
