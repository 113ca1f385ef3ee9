// SPDX-License-Identifier: Apache-2.0

extension LandscapePrompt {
  /// A prompt found in a text, with the score that is told of it.
  struct Shown: Sendable, Hashable {
    var prompt: LandscapePrompt
    /// The number after the word "score", when it stands before the next prompt.
    var score: Double?
  }

  /// Reads a text that is a prompt of the grammar and nothing else.
  public init?(_ text: String) {
    let words = Self.words(of: text)
    guard words.count == Self.pattern.count, let prompt = Self.prompt(in: words, at: 0) else {
      return nil
    }
    self = prompt
  }

  /// Every prompt in a text, in order, with the score told of each.
  static func all(in text: String) -> [Shown] {
    let words = words(of: text)
    var found: [Shown] = []
    var index = 0
    var awaitsScore = false
    while index < words.count {
      if words[index] == "as", let prompt = prompt(in: words, at: index) {
        found.append(Shown(prompt: prompt))
        awaitsScore = true
        index += pattern.count
        continue
      }
      if awaitsScore, words[index] == "score", index + 1 < words.count,
        let score = Double(words[index + 1])
      {
        found[found.count - 1].score = score
        awaitsScore = false
      }
      index += 1
    }
    return found
  }

  private static func prompt(in words: [String], at start: Int) -> LandscapePrompt? {
    guard start + pattern.count <= words.count else { return nil }
    var choices: [Int] = []
    for (word, wanted) in zip(words[start...], pattern) {
      switch wanted {
      case .fixed(let fixed):
        if word != fixed { return nil }
      case .place(let place):
        guard let choice = places[place].firstIndex(where: { $0 == word }) else { return nil }
        choices.append(choice)
      }
    }
    return LandscapePrompt(choices: choices)
  }

  /// Words in lower case, without marks; numbers keep their decimals.
  ///
  /// Bytes are read instead of characters: a table reads some hundred million of them.
  private static func words(of text: String) -> [String] {
    text.utf8.split { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), 128...:
        false
      default: true
      }
    }.compactMap { bytes in
      let word = bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes
      guard !word.isEmpty else { return nil }
      let small = word.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
      return String(decoding: small, as: UTF8.self)
    }
  }
}
