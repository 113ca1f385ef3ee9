// SPDX-License-Identifier: Apache-2.0

/// A part of an instruction: what it does, its words, and what it has in common with others.
struct Component: Sendable, Hashable {
  /// What a component does.
  enum Kind: String, Sendable, Hashable, CaseIterable, Comparable {
    case role, task, question, options, caution, format, cue
    /// Text that is not from the grammar; it is kept or dropped as it stands.
    case foreign

    /// The order in which components usually stand.
    static func < (a: Kind, b: Kind) -> Bool { a.rank < b.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What it does.
  var kind: Kind
  /// Its words.
  var text: String
  /// Names of what it shares with other components, such as its pattern and its nouns.
  var features: [String]

  /// Creates a component of text from elsewhere.
  static func foreign(_ text: String) -> Component {
    Component(kind: .foreign, text: text, features: ["foreign:" + text])
  }
}
