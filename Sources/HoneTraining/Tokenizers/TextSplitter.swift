// SPDX-License-Identifier: Apache-2.0

/// Cuts a text into the pieces within which a byte-pair tokenizer merges.
///
/// The patterns are those of GPT-2, Llama 3 and Qwen 2, carried out by hand: a regular expression with
/// classes of Unicode takes many times as long.
struct TextSplitter: Sendable, Hashable {
  /// A pattern.
  enum Pattern: String, Sendable, Hashable, CaseIterable {
    /// GPT-2's.
    case gpt2 = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    /// Llama 3's, with up to three digits in a piece.
    case llama3 =
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    /// Qwen 2's, with every digit alone.
    case qwen2 =
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }

  var pattern: Pattern
  /// Whether every digit is cut out before the pattern is looked for.
  var cutsDigits = false

  /// The pieces, which together are the text.
  func pieces(of text: String) -> [String] {
    let scalars = text.unicodeScalars.map { Classed($0) }
    var pieces: [String] = []
    var start = 0
    while start < scalars.count {
      let end = part(of: scalars, from: start)
      var place = start
      while place < end {
        let next = max(place + 1, match(scalars[..<end], at: place))
        var piece = String.UnicodeScalarView()
        for scalar in scalars[place..<next] { piece.append(scalar.scalar) }
        pieces.append(String(piece))
        place = next
      }
      start = end
    }
    return pieces
  }

  /// Where the part ends that the pattern is looked for in.
  private func part(of scalars: [Classed], from start: Int) -> Int {
    guard cutsDigits else { return scalars.count }
    if scalars[start].kind == .number { return start + 1 }
    return scalars[start...].firstIndex { $0.kind == .number } ?? scalars.count
  }

  /// Where the piece ends that begins at a place.
  private func match(_ text: ArraySlice<Classed>, at place: Int) -> Int {
    if let end = contraction(text, at: place) { return end }
    return pattern == .gpt2 ? plain(text, at: place) : newer(text, at: place)
  }

  private func plain(_ text: ArraySlice<Classed>, at place: Int) -> Int {
    let isLed = text[place].scalar == " " && place + 1 < text.endIndex
    let first = isLed ? place + 1 : place
    if text[first].kind != .space { return run(text, from: first) { $0 == text[first].kind } }
    return spaces(text, at: place)
  }

  private func newer(_ text: ArraySlice<Classed>, at place: Int) -> Int {
    let one = text[place]
    let second = place + 1 < text.endIndex ? text[place + 1].kind : nil
    if one.kind == .letter || one.kind != .number && !one.isLineEnd && second == .letter {
      return run(text, from: place + 1) { $0 == .letter }
    }
    if one.kind == .number {
      guard pattern == .llama3 else { return place + 1 }
      return min(place + 3, run(text, from: place) { $0 == .number })
    }
    if one.kind == .other || one.scalar == " " && second == .other {
      var end = run(text, from: place + 1) { $0 == .other }
      while end < text.endIndex, text[end].isLineEnd { end += 1 }
      return end
    }
    let end = run(text, from: place) { $0 == .space }
    if let last = text[place..<end].lastIndex(where: \.isLineEnd) { return last + 1 }
    return spaces(text, at: place)
  }

  /// White space: all of it at the end, else all but the last, which goes with what follows.
  private func spaces(_ text: ArraySlice<Classed>, at place: Int) -> Int {
    let end = run(text, from: place) { $0 == .space }
    return end == text.endIndex || end - place == 1 ? end : end - 1
  }

  private func run(
    _ text: ArraySlice<Classed>, from place: Int, while holds: (Kind) -> Bool
  ) -> Int {
    var end = place
    while end < text.endIndex, holds(text[end].kind) { end += 1 }
    return end
  }

  private func contraction(_ text: ArraySlice<Classed>, at place: Int) -> Int? {
    guard text[place].scalar == "'" else { return nil }
    let rest = text[(place + 1)...].prefix(2).map { classed in
      pattern == .gpt2 ? classed.scalar : Self.lowered(classed.scalar)
    }
    // The order is that of the pattern: one letter before two where both would do.
    if let first = rest.first, ["s", "t"].contains(first) { return place + 2 }
    if rest == ["r", "e"] || rest == ["v", "e"] { return place + 3 }
    if rest.first == "m" { return place + 2 }
    if rest == ["l", "l"] { return place + 3 }
    return rest.first == "d" ? place + 2 : nil
  }

  private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
  }
}

extension TextSplitter {
  /// What patterns tell apart.
  enum Kind: Sendable {
    case letter, number, space, other
  }

  /// A scalar with its kind.
  struct Classed: Sendable {
    let scalar: Unicode.Scalar
    let kind: Kind

    init(_ scalar: Unicode.Scalar) {
      self.scalar = scalar
      let properties = scalar.properties
      switch properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
        kind = .letter
      case .decimalNumber, .letterNumber, .otherNumber: kind = .number
      default: kind = properties.isWhitespace ? .space : .other
      }
    }

    var isLineEnd: Bool { scalar == "\r" || scalar == "\n" }
  }
}
