// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How far two texts are apart, in words added, dropped or exchanged.
public enum WordEditDistance {
  /// The least number of words to add, drop or exchange to turn one text into the other.
  ///
  /// Words are what stands between white space, compared as written.
  public static func between(_ first: String, _ second: String) -> Int {
    let a = words(of: first)
    let b = words(of: second)
    guard !a.isEmpty else { return b.count }
    var row = Array(0...b.count)
    for (i, word) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let exchange = diagonal + (word == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(exchange, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }

  /// The words of a text.
  public static func words(of text: String) -> [Substring] {
    text.split { $0.isWhitespace }
  }
}
