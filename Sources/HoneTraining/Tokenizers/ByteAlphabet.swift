// SPDX-License-Identifier: Apache-2.0

/// The visible letters that GPT-2's tokens are written with, one a byte.
enum ByteAlphabet {
  /// The letter of each byte.
  static let letters: [Unicode.Scalar] = {
    var letters: [Unicode.Scalar] = []
    var next: UInt32 = 256
    for byte in UInt32(0)...255 {
      let isVisible = (33...126).contains(byte) || (161...172).contains(byte) || byte >= 174
      letters.append(Unicode.Scalar(isVisible ? byte : next) ?? " ")
      if !isVisible { next += 1 }
    }
    return letters
  }()

  /// The byte of each letter.
  static let bytes: [Unicode.Scalar: UInt8] = Dictionary(
    uniqueKeysWithValues: letters.enumerated().map { ($1, UInt8($0)) })
}
