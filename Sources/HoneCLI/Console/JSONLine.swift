// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A JSON object on one line.
enum JSONLine {
  static func text(_ members: [String: JSONValue]) -> String {
    text(.object(members))
  }

  /// The value on one line; numbers that JSON cannot hold are the caller's to leave out.
  static func text(_ value: JSONValue) -> String {
    (try? CanonicalJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }
}
