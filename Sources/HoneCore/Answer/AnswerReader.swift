// SPDX-License-Identifier: Apache-2.0

/// How one kind of answer is read, compared and asked for; the answer kinds are made of these.
protocol AnswerReader: Sendable {
  /// The kind's name in task files and messages.
  var name: String { get }
  /// The answers there are, in normal form; nil for an open kind.
  var options: [String]? { get }
  /// What a second turn asks.
  var finalTurnRequest: String { get }

  /// The answer in normal form, or nil when the response gives none.
  func read(_ response: String) -> String?
  /// Whether no likely continuation changes what ``read(_:)`` finds.
  func isDecided(_ partial: String) -> Bool
  /// A reference in normal form.
  func normalForm(ofReference reference: String) -> String
  /// Whether an answer in normal form equals a reference.
  func matches(_ answer: String, reference: String) -> Bool
}

extension AnswerReader {
  func normalForm(ofReference reference: String) -> String {
    read(reference) ?? reference.trimmed
  }

  func matches(_ answer: String, reference: String) -> Bool {
    answer == normalForm(ofReference: reference)
  }
}

/// A kind with a closed list of options, read by ``ClosedAnswerReader``.
protocol ClosedAnswer: AnswerReader {
  associatedtype Finder: MentionFinder
  /// The options in normal form.
  var closedOptions: [String] { get }
  /// What finds mentions of them.
  var finder: Finder { get }
}

extension ClosedAnswer {
  var options: [String]? { closedOptions }

  func read(_ response: String) -> String? {
    let reader = ClosedAnswerReader(finder: finder)
    guard case .answer(let index) = reader.verdict(in: TextTokens(response)) else { return nil }
    return closedOptions[index]
  }

  func isDecided(_ partial: String) -> Bool {
    let reader = ClosedAnswerReader(finder: finder)
    if case .answer = reader.verdict(in: TextTokens(partial, isOpen: true)) { return true }
    return false
  }
}
