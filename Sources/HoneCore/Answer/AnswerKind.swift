// SPDX-License-Identifier: Apache-2.0

/// The kinds of answer that can be read from a response.
public enum AnswerKind: Sendable, Hashable, Codable {
  /// A letter of a multiple choice, `A` to the given last letter.
  case choice(last: String)
  /// One of the given labels.
  case label([String])
  case yesNo
  case trueFalse
  case validInvalid
  /// A number, rounded to the given number of decimals for comparison.
  case number(decimals: Int)
  /// The whole answer, compared as text.
  case exactText
  /// A list of words, in order.
  case wordList
  /// A sequence of brackets.
  case brackets
  /// The whole response, scored by a metric for texts.
  case freeText
  /// A JSON document, or the member with the given key.
  case json(field: String?)
}
