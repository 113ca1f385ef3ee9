// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One byte sequence for each value: sorted keys, no white space, no escaped slashes.
public enum CanonicalJSON {
  /// Encodes a value so that equal values always give equal bytes.
  /// - Throws: `EncodingError` for a value JSON cannot hold, such as a number that is not finite.
  public static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }
}
