// SPDX-License-Identifier: Apache-2.0

/// All components that a task's words allow, by kind.
struct Grammar: Sendable {
  /// The words it was made of.
  let words: TaskVocabulary
  /// The components of each kind, in a fixed order, none twice.
  let components: [Component.Kind: [Component]]
  /// The components by the first word of their text, the longest first; for reading a text.
  private let byFirstWord: [Substring: [Component]]

  /// Makes the grammar of a task.
  init(_ words: TaskVocabulary, maxWords: Int) {
    self.words = words
    let patterns =
      PhrasePattern.roles + PhrasePattern.tasks + PhrasePattern.questions
      + PhrasePattern.optionLists + PhrasePattern.cautions + PhrasePattern.formats(of: words.kind)
      + PhrasePattern.cues
    var components: [Component.Kind: [Component]] = [:]
    var known: Set<String> = []
    for pattern in patterns {
      for component in pattern.components(for: words)
      where WordEditDistance.words(of: component.text).count <= maxWords
        && known.insert(component.text).inserted
      {
        components[component.kind, default: []].append(component)
      }
    }
    self.components = components
    let all = Component.Kind.allCases.flatMap { components[$0] ?? [] }
    byFirstWord = Dictionary(grouping: all) { $0.text.firstWord }
      .mapValues { $0.sorted { ($0.text.count, $1.text) > ($1.text.count, $0.text) } }
  }

  /// The longest component that the text begins with, ending at a word's end.
  func component(atStartOf text: Substring) -> Component? {
    byFirstWord[text.firstWord]?.first { component in
      guard text.hasPrefix(component.text) else { return false }
      let rest = text.dropFirst(component.text.count)
      return rest.first.map(\.isWhitespace) ?? true
    }
  }
}

extension StringProtocol where SubSequence == Substring {
  /// What stands before the first white space.
  fileprivate var firstWord: Substring { prefix { !$0.isWhitespace } }
}
