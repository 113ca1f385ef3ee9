// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Records as JSON, written as a run's `result.json` is.
enum RecordJSON {
  /// The value over many lines.
  static func text(_ value: some Encodable) throws -> String {
    try encoded(value, [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]) + "\n"
  }

  /// The value on one line.
  static func line(_ value: some Encodable) throws -> String {
    try encoded(value, [.sortedKeys, .withoutEscapingSlashes])
  }

  private static func encoded(
    _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    encoder.dateEncodingStrategy = .iso8601
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
