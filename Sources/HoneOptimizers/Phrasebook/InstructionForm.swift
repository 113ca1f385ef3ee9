// SPDX-License-Identifier: Apache-2.0

/// An instruction as components, each on a line of its own or after the one before it.
struct InstructionForm: Sendable, Hashable {
  /// A component and where it stands.
  struct Piece: Sendable, Hashable {
    var component: Component
    /// Whether a new line begins before it.
    var startsLine: Bool
  }

  /// The components in order.
  var pieces: [Piece]

  /// The instruction's text.
  var text: String {
    var text = ""
    for piece in pieces {
      if !text.isEmpty { text += piece.startsLine ? "\n" : " " }
      text += piece.component.text
    }
    return text
  }

  /// Reads a text as components of a grammar; what is not in it becomes foreign, a sentence at a time.
  ///
  /// A text that cannot be put together again as it was is one foreign component.
  init(_ text: String, grammar: Grammar) {
    pieces = []
    var rest = text[...]
    var startsLine = false
    while let next = rest.first {
      if next.isWhitespace {
        startsLine = startsLine || next.isNewline
        rest.removeFirst()
        continue
      }
      let component = grammar.component(atStartOf: rest) ?? .foreign(Self.sentence(of: rest))
      pieces.append(Piece(component: component, startsLine: startsLine))
      rest = rest.dropFirst(component.text.count)
      startsLine = false
    }
    if self.text != text {
      pieces = text.isEmpty ? [] : [Piece(component: .foreign(text), startsLine: false)]
    }
  }

  /// Creates a form of pieces.
  init(pieces: [Piece] = []) {
    self.pieces = pieces
  }

  /// Whether there is a component of a kind.
  func contains(_ kind: Component.Kind) -> Bool {
    pieces.contains { $0.component.kind == kind }
  }

  /// Puts a component where its kind usually stands; a cue is always the last.
  mutating func insert(_ component: Component, startsLine: Bool) {
    let index =
      component.kind == .cue
      ? pieces.count
      : pieces.firstIndex { component.kind < $0.component.kind && $0.component.kind != .foreign }
        ?? pieces.count
    pieces.insert(Piece(component: component, startsLine: startsLine), at: index)
  }

  private static func sentence(of text: Substring) -> String {
    var end = text.startIndex
    while end < text.endIndex, !text[end].isNewline {
      let mark = text[end]
      end = text.index(after: end)
      if ".?!".contains(mark), end == text.endIndex || text[end].isWhitespace { break }
    }
    return String(text[..<end])
  }
}
