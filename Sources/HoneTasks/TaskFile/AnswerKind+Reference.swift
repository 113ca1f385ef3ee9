// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension AnswerKind {
  /// Why a text cannot be a right answer of this kind, or nil when it can.
  func problem(withReference text: String) -> (message: String, advice: String?)? {
    let answer = text.trimmed
    if answer.isEmpty { return ("the answer is empty", nil) }
    let shown = "\"\(DocumentNode.shortened(text))\""
    switch self {
    case .label(let labels):
      // A label must be the whole text: a label within a longer text is a mistake in the data.
      let word = answer.lowercased()
      if labels.contains(where: { $0 == answer || $0.trimmed.lowercased() == word }) { return nil }
      return (
        "the answer \(shown) is not one of the labels",
        NearestWord.advice(for: answer, among: labels)
      )
    case .choice(let last): return problem(answer, shown, "a letter from A to \(last)")
    case .yesNo: return problem(answer, shown, "yes or no")
    case .trueFalse: return problem(answer, shown, "true or false")
    case .validInvalid: return problem(answer, shown, "valid or invalid")
    case .number: return problem(answer, shown, "a number")
    case .brackets: return problem(answer, shown, "a sequence of brackets")
    case .json(field: nil): return problem(answer, shown, "a JSON document")
    case .exactText, .wordList, .freeText, .json: return nil
    }
  }

  private func problem(
    _ answer: String, _ shown: String, _ required: String
  ) -> (message: String, advice: String?)? {
    if let options {
      if options.contains(answer) || options.contains(normalForm(ofReference: answer)) {
        return nil
      }
    } else if read(answer) != nil {
      return nil
    }
    return ("the answer must be \(required), not \(shown)", nil)
  }
}
