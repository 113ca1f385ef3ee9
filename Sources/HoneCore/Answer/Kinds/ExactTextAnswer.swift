// SPDX-License-Identifier: Apache-2.0

/// The whole answer as text, in lower case with single spaces and without marks at its ends.
///
/// Read is the rest of the line after the first announcement ("the answer is"), or the paragraph
/// after it when the line ends there; else the sentence before "is the correct answer"; else the
/// first paragraph. Two answers are equal also when only punctuation tells them apart.
struct ExactTextAnswer: AnswerReader {
  var name: String { "exact text" }
  var options: [String]? { nil }

  var finalTurnRequest: String {
    "Give the final answer only, without any other words."
  }

  func read(_ response: String) -> String? {
    let text = AnnouncedText(response)
    if case .found(let answer) = announced(in: text) { return answer }
    guard let start = text.contentStart(from: 0) else { return nil }
    return normal(text.text(text.paragraph(from: start).range))
  }

  func isDecided(_ partial: String) -> Bool {
    if case .found = announced(in: AnnouncedText(partial, isOpen: true)) { return true }
    return false
  }

  func normalForm(ofReference reference: String) -> String {
    normal(reference) ?? ""
  }

  func matches(_ answer: String, reference: String) -> Bool {
    let reference = normalForm(ofReference: reference)
    if answer == reference { return true }
    let plain = answer.withoutPunctuation
    return !plain.isEmpty && plain == reference.withoutPunctuation
  }

  private func announced(in text: AnnouncedText) -> AnnouncedText.Visit<String> {
    text.firstAnnounced(
      after: { start in
        guard let content = text.contentStart(from: start) else {
          return text.isOpen ? .undecided : .none
        }
        let part =
          text.hasLineEnd(in: start..<content)
          ? text.paragraph(from: content) : text.line(from: content)
        guard part.isComplete else { return .undecided }
        return normal(text.text(part.range)).map { .found($0) } ?? .none
      },
      before: { normal(text.text($0)) })
  }

  private func normal(_ text: String) -> String? {
    let plain = text.lowercased().withoutOuterMarks.collapsed
    return plain.isEmpty ? nil : plain
  }
}
