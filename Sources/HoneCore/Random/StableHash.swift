// SPDX-License-Identifier: Apache-2.0

/// A 64-bit hash that is the same in every process and on every platform (FNV-1a).
///
/// For names and random streams, not for security: files and requests are identified by SHA-256.
public enum StableHash {
  /// The hash of a text's UTF-8 bytes.
  public static func of(_ text: String) -> UInt64 {
    of(text.utf8)
  }

  /// The hash of a sequence of bytes.
  public static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes {
      hash ^= UInt64(byte)
      hash &*= 0x0000_0100_0000_01B3
    }
    return hash
  }

  /// The hash as 16 hexadecimal digits.
  public static func hex(_ text: String) -> String {
    let digits = String(of(text), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
