// SPDX-License-Identifier: Apache-2.0

/// An answer of two values: yes or no, true or false, valid or invalid.
///
/// The words of all three pairs count for each, as do 1 and 0 when they stand alone. "not true" is
/// false and "not invalid" is valid; "not yes" is nothing. "No" before words such as "doubt" or "one"
/// is no answer. Without an announcement, only the kind's own adjectives count inside a sentence, so
/// that "there is no evidence" is not read as "no".
struct BooleanAnswer: ClosedAnswer {
  let name: String
  let closedOptions: [String]
  let finalTurnRequest: String
  let finder: BooleanMentions

  static let yesNo = BooleanAnswer(
    name: "yes/no", closedOptions: ["yes", "no"],
    finalTurnRequest: "Give the final answer only, as one word: yes or no.",
    finder: BooleanMentions(ownAdjectives: []))
  static let trueFalse = BooleanAnswer(
    name: "true/false", closedOptions: ["true", "false"],
    finalTurnRequest: "Give the final answer only, as one word: true or false.",
    finder: BooleanMentions(ownAdjectives: ["true", "false"]))
  static let validInvalid = BooleanAnswer(
    name: "valid/invalid", closedOptions: ["valid", "invalid"],
    finalTurnRequest: "Give the final answer only, as one word: valid or invalid.",
    finder: BooleanMentions(ownAdjectives: ["valid", "invalid"]))
}

/// Finds the words of the three pairs; option 0 is the affirmative.
struct BooleanMentions: MentionFinder {
  /// The words that count anywhere in a text that announces no answer.
  let ownAdjectives: Set<String>

  var listsWithCommas: Bool { false }

  private static let yes: Set<String> = ["yes", "yeah", "yep", "yup"]
  private static let no: Set<String> = ["no", "nope", "nah"]
  /// What makes of "no" a part of another phrase.
  private static let afterNo: Set<String> = [
    "one", "body", "longer", "more", "less", "doubt", "doubts", "problem", "problems", "matter",
    "way", "such", "evidence", "information", "idea", "worries", "need", "other", "specific",
    "clear", "indication", "reason", "wonder", "context",
  ]

  func mention(at index: Int, in text: TextTokens, isDirect: Bool) -> MentionMatch {
    guard let word = text.word(index) else { return .none }
    switch word {
    case "true", "valid":
      return .found(Mention(option: 0, start: index, end: index + 1, opposite: 1))
    case "false", "invalid":
      return .found(Mention(option: 1, start: index, end: index + 1, opposite: 0))
    case "1", "0":
      return digit(word, at: index, in: text, isDirect: isDirect)
    default:
      if Self.yes.contains(word) {
        return .found(Mention(option: 0, start: index, end: index + 1, opposite: nil))
      }
      return Self.no.contains(word) ? no(at: index, in: text, isDirect: isDirect) : .none
    }
  }

  func countsUnannounced(_ mention: Mention, in text: TextTokens) -> Bool {
    text.word(mention.start).map(ownAdjectives.contains) ?? false
  }

  private func no(at index: Int, in text: TextTokens, isDirect: Bool) -> MentionMatch {
    guard index + 1 < text.count || !text.isOpen else { return .undecided }
    if let next = text.word(index + 1) {
      let mayStand = isDirect || next == "or" || next == "and"
      if !mayStand || Self.afterNo.contains(next) { return .none }
    }
    return .found(Mention(option: 1, start: index, end: index + 1, opposite: nil))
  }

  /// Finds 1 and 0 with nothing but marks after them on the line, which a list item is not.
  private func digit(
    _ word: String, at index: Int, in text: TextTokens, isDirect: Bool
  ) -> MentionMatch {
    guard isDirect else { return .none }
    var end = index + 1
    while end < text.count, text[end].kind == .mark { end += 1 }
    if end < text.count {
      guard text[end].kind == .lineEnd else { return .none }
    } else if text.isOpen {
      return .undecided
    }
    let option = word == "1" ? 0 : 1
    return .found(Mention(option: option, start: index, end: index + 1, opposite: nil))
  }
}
