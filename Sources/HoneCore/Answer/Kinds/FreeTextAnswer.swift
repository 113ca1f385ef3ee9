// SPDX-License-Identifier: Apache-2.0

/// The whole response without white space at its ends; it is never decided before its end.
struct FreeTextAnswer: AnswerReader {
  var name: String { "free text" }
  var options: [String]? { nil }

  var finalTurnRequest: String {
    "Write the final text only, without remarks before or after it."
  }

  func read(_ response: String) -> String? {
    let text = response.trimmed
    return text.isEmpty ? nil : text
  }

  func isDecided(_ partial: String) -> Bool { false }

  func matches(_ answer: String, reference: String) -> Bool {
    answer.collapsed == reference.collapsed
  }
}
