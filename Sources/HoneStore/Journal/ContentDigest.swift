// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// SHA-256 of contents that stand for a run's data.
public enum ContentDigest {
  /// The digest of parts in order, in hexadecimal digits; where one part ends is part of it.
  public static func hex(_ parts: [Data]) -> String {
    var hash = SHA256()
    for part in parts {
      withUnsafeBytes(of: UInt64(part.count).bigEndian) { hash.update(bufferPointer: $0) }
      hash.update(data: part)
    }
    return hash.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
