// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneModels

/// The limits of services, and the patience with them, that the environment sets.
enum RemoteSettings {
  /// Reads `HONE_CONCURRENCY`, `HONE_REQUESTS_PER_MINUTE`, `HONE_TOKENS_PER_MINUTE`, `HONE_TRIES`,
  /// `HONE_RETRY_WAIT` and `HONE_TIMEOUT`.
  /// - Throws: ``CommandFailure`` for one that is no number of its range.
  static func options(in environment: [String: String]) throws -> RemoteOptions {
    func number(_ name: String, from least: Double = 1) throws -> Double? {
      guard let text = environment[name], !text.isEmpty else { return nil }
      guard let value = Double(text), value >= least, value <= 1e12 else {
        throw CommandFailure.mistake(
          "the variable \(name) must be a number of at least \(String(format: "%g", least))")
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
    var retries = RetryPolicy()
    if let tries = try number("HONE_TRIES") { retries.attempts = Int(min(tries, 1000)) }
    if let wait = try number("HONE_RETRY_WAIT", from: 0.001) {
      retries.firstDelay = wait
      retries.longestDelay = max(wait, min(retries.longestDelay, wait * 60))
    }
    var transport = TransportOptions(connections: max(256, limits.mostInFlight))
    if let silence = try number("HONE_TIMEOUT", from: 0.01) {
      transport.silenceSeconds = silence
      transport.totalSeconds = max(transport.totalSeconds, silence)
    }
    return RemoteOptions(limits: limits, retries: retries, transport: transport)
  }
}
