// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension PhrasePattern {
  /// Lists of the possible answers.
  static let optionLists = [
    "Options: [list]", "Choices: [list].", "Possible answers: [slash]", "([slash])",
    "Choose from: [list].", "It can be [or].",
  ].map { PhrasePattern(.options, $0) }

  /// Advice on how to judge.
  static let cautions = [
    "Read all of it first.", "Judge the whole [subject], not single words.",
    "Take care with the details.", "If in doubt, choose the more likely one.",
    "Use only what the [subject] says.", "Trust your first impression.", "Do not explain.",
  ].map { PhrasePattern(.caution, $0) }

  /// What the answer must look like, for a kind of answer.
  static func formats(of kind: AnswerKind) -> [PhrasePattern] {
    let texts: [String] =
      switch kind {
      case .label, .yesNo, .trueFalse, .validInvalid:
        [
          "Answer with [or] only.", "Reply with one word: [or].", "Say [or] and nothing else.",
          "Begin your answer with [or].", "Your answer must be [or].", "Write just [slash].",
          "Just the [quality], please.",
        ]
      case .choice:
        [
          "Answer with the letter only.", "Reply with one letter from A to [last].",
          "Give the letter of the right option in brackets.", "Begin with the letter you choose.",
        ]
      case .number:
        [
          "Answer with a number only.", "Give the result in digits.",
          "End with the final number alone.", "Write the number and nothing else.",
        ]
      case .wordList:
        [
          "Write the words with a space between them.", "List the words only, in order.",
          "Give the words and nothing else.",
        ]
      case .brackets:
        ["Write only the missing brackets.", "Answer with brackets, a space between them."]
      case .json(let field):
        [
          "Answer with a JSON object only.", "Write valid JSON and nothing else.",
          field.map { "The JSON object has the key \"\($0)\"." }
            ?? "Use double quotes in the JSON.",
        ]
      case .exactText:
        [
          "Write the answer and nothing else.", "Give the [quality] alone, without a sentence.",
          "Answer in as few words as you can.",
        ]
      case .freeText:
        [
          "Answer in one sentence.", "Answer in full sentences.", "Be brief.",
          "Include every fact.",
          "Write plainly.",
        ]
      }
    return texts.map { PhrasePattern(.format, $0) }
  }
}
