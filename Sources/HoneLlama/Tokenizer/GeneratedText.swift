// SPDX-License-Identifier: Apache-2.0

/// The bytes that a model has written so far, read as text without breaking characters.
///
/// A token may hold a part of a character, so bytes are kept and only whole characters are shown.
struct GeneratedText: Sendable {
  /// What was written.
  var bytes: [UInt8] = []
  private let stops: [[UInt8]]
  private let longestStop: Int

  /// Creates an empty text that the given texts end.
  init(stops: [String]) {
    self.stops = stops.filter { !$0.isEmpty }.map { Array($0.utf8) }
    longestStop = self.stops.map(\.count).max() ?? 0
  }

  /// Cuts the text before the first stop text in it.
  ///
  /// - Parameter start: Where the last addition begins; all before it was searched.
  /// - Returns: Whether there was one.
  mutating func cutAtStop(addedFrom start: Int) -> Bool {
    guard longestStop > 0 else { return false }
    var first: Int?
    for stop in stops {
      let from = max(0, start - stop.count + 1)
      guard bytes.count >= from + stop.count else { continue }
      for position in from...(bytes.count - stop.count) where bytes[position] == stop[0] {
        if bytes[position..<(position + stop.count)].elementsEqual(stop) {
          first = min(first ?? position, position)
          break
        }
      }
    }
    guard let first else { return false }
    bytes.removeSubrange(first...)
    return true
  }

  /// The whole characters so far; a character of which bytes are missing is left out.
  var wholeText: String {
    var end = bytes.count
    var index = end - 1
    // At most three bytes of an unfinished character precede the end.
    while index >= 0, index >= bytes.count - 4 {
      let byte = bytes[index]
      if byte & 0b1000_0000 == 0 { break }
      if byte & 0b1100_0000 == 0b1100_0000 {
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        if index + length > bytes.count { end = index }
        break
      }
      index -= 1
    }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  /// All that was written, for the response; bytes that form no character become U+FFFD.
  var text: String { wholeText }
}
