// SPDX-License-Identifier: Apache-2.0

/// How far two names are apart, for finding the one that was meant.
enum CharacterEditDistance {
  /// The least number of characters to add, drop or exchange.
  static func between(_ first: String, _ second: String) -> Int {
    // Words of one character each make the word distance one of characters.
    WordEditDistance.between(spaced(first), spaced(second))
  }

  private static func spaced(_ name: String) -> String {
    name.map(String.init).joined(separator: " ")
  }
}
