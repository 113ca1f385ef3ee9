// SPDX-License-Identifier: Apache-2.0

/// One of a list of labels, in the list's spelling.
///
/// Labels are compared by their words, ignoring case and the marks between them ("sci/tech" is also
/// "Sci-Tech"), unless that makes two labels equal. Where several labels fit, the longest counts, so
/// "tech" is not found in "sci/tech". A response that announces no answer still gives one when it
/// mentions one label only.
struct LabelAnswer: ClosedAnswer {
  let closedOptions: [String]
  let finder: LabelMentions

  init(labels: [String]) {
    closedOptions = labels
    finder = LabelMentions(labels: labels)
  }

  var name: String { "label" }

  var finalTurnRequest: String {
    "Give the final answer only, as one of these labels: \(closedOptions.joined(separator: ", "))."
  }

  func read(_ response: String) -> String? {
    if let whole = label(equalTo: response) { return whole }
    guard
      case .answer(let index) = ClosedAnswerReader(finder: finder).verdict(in: TextTokens(response))
    else { return nil }
    return closedOptions[index]
  }

  func normalForm(ofReference reference: String) -> String {
    label(equalTo: reference) ?? read(reference) ?? reference.trimmed
  }

  /// The label that is the whole text, with the same case if there is one.
  private func label(equalTo text: String) -> String? {
    let longest = closedOptions.map(\.utf8.count).max() ?? 0
    guard text.utf8.count <= longest + 64 else { return nil }
    let text = text.trimmed
    if closedOptions.contains(text) { return text }
    let lower = text.lowercased()
    return closedOptions.first { $0.lowercased() == lower }
  }
}

/// Finds labels by their words, the longest first.
struct LabelMentions: MentionFinder {
  private struct Pattern {
    var option: Int
    var parts: [String]
  }

  /// Patterns by their first part, longer ones first.
  private let patterns: [String: [Pattern]]
  /// Whether marks between words are part of a label.
  private let comparesMarks: Bool
  private let hasLabelA: Bool

  init(labels: [String]) {
    let tokens = labels.map { TextTokens($0) }
    let words = tokens.map { text in text.tokens.filter { $0.kind == .word }.map(\.lower) }
    comparesMarks = words.contains([]) || Set(words).count < words.count
    let parts = comparesMarks ? tokens.map { $0.tokens.map(\.lower) } : words
    let all = parts.enumerated().filter { !$0.element.isEmpty }
      .map { Pattern(option: $0.offset, parts: $0.element) }
    patterns = Dictionary(grouping: all) { $0.parts[0] }
      .mapValues { $0.sorted { ($1.parts.count, $0.option) < ($0.parts.count, $1.option) } }
    hasLabelA = words.contains(["a"])
  }

  let announcingNouns: Set<String> = [
    "label", "category", "class", "classification", "sentiment", "topic", "type", "intent",
    "rating", "tag",
  ]

  var readsLetterAAsAnnouncement: Bool { !hasLabelA }

  func mention(at index: Int, in text: TextTokens, isDirect: Bool) -> MentionMatch {
    guard let candidates = patterns[text[index].lower] else { return .none }
    var isOpen = false
    for pattern in candidates {
      switch end(of: pattern, from: index, in: text) {
      case .none: continue
      case .undecided: isOpen = true
      case .found(let end):
        if isOpen { return .undecided }
        return .found(Mention(option: pattern.option, start: index, end: end, opposite: nil))
      }
    }
    return isOpen ? .undecided : .none
  }

  func countsUnannounced(_ mention: Mention, in text: TextTokens) -> Bool { true }

  private enum End {
    case none, undecided
    case found(Int)
  }

  private func end(of pattern: Pattern, from start: Int, in text: TextTokens) -> End {
    var index = start + 1
    for part in pattern.parts.dropFirst() {
      while !comparesMarks, index < text.count, Self.joins(text[index]) { index += 1 }
      guard index < text.count else { return text.isOpen ? .undecided : .none }
      guard text[index].lower == part else { return .none }
      index += 1
    }
    return .found(index)
  }

  private static let joiningMarks: Set<String> = ["/", "-", "–", "&", "+", ",", "(", ")", "|", "."]

  private static func joins(_ token: TextTokens.Token) -> Bool {
    token.kind == .mark && joiningMarks.contains(token.lower)
  }
}
