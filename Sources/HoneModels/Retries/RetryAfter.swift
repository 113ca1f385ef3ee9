// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How long a service asks to be left alone.
enum RetryAfter {
  /// The seconds that `retry-after-ms` or `retry-after` ask for, as a number or as a date.
  static func seconds(_ headers: [String: String], now: Date = Date()) -> Double? {
    if let text = headers["retry-after-ms"], let value = Double(text), value >= 0, value.isFinite {
      return value / 1000
    }
    guard let text = headers["retry-after"] else { return nil }
    if let value = RateHeaders.seconds(text) { return value }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    return format.date(from: text).map { max(0, $0.timeIntervalSince(now)) }
  }
}
