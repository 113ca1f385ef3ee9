// SPDX-License-Identifier: Apache-2.0

/// A prompt of the landscape's small grammar: one sentence with a word chosen in each of eight places.
///
/// There are 5⁸, some 390,000 of them. Each word stands in one place only, so that a prompt can be read
/// wherever it stands in a text, whatever is written around it.
public struct LandscapePrompt: Sendable, Hashable {
  /// The chosen word of each place, as indices.
  public var choices: [Int]

  /// Creates a prompt of one index a place, each from 0 to 4; others are brought into this range.
  public init(choices: [Int]) {
    self.choices = Self.places.indices.map { place in
      let choice = choices.indices.contains(place) ? choices[place] : 0
      return min(max(0, choice), Self.places[place].count - 1)
    }
  }

  /// The words of each place.
  public static let places = [
    ["careful", "quick", "strict", "friendly", "skilled"],
    ["reader", "judge", "teacher", "critic", "clerk"],
    ["study", "weigh", "scan", "consider", "inspect"],
    ["whole", "first", "last", "main", "short"],
    ["text", "passage", "message", "review", "note"],
    ["slowly", "twice", "once", "closely", "calmly"],
    ["answer", "reply", "respond", "decide", "conclude"],
    ["briefly", "plainly", "firmly", "politely", "directly"],
  ]

  /// The chosen words.
  public var words: [String] {
    zip(Self.places, choices).map { $0[$1] }
  }

  /// The sentence.
  public var text: String {
    let word = words
    return "As a \(word[0]) \(word[1]), \(word[2]) the \(word[3]) \(word[4]) \(word[5]) and "
      + "\(word[6]) \(word[7])."
  }

  /// The sentence as words that must stand there (in quotes) and places that are chosen.
  static let pattern: [PatternWord] = [
    .fixed("as"), .fixed("a"), .place(0), .place(1), .place(2), .fixed("the"), .place(3), .place(4),
    .place(5), .fixed("and"), .place(6), .place(7),
  ]

  /// A word of the pattern.
  enum PatternWord: Sendable {
    case fixed(String)
    case place(Int)
  }
}
