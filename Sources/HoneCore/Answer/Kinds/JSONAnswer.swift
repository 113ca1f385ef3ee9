// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A JSON document in canonical form, or the member with a given key.
///
/// Read is the first object or array in the response that is valid JSON (and has the member), in a
/// code fence or not; failing that, the whole response as JSON. A text member is given without
/// quotation marks, any other in canonical form, so `{"n": 5}` and `{"n": "5"}` read alike.
struct JSONAnswer: AnswerReader {
  let field: String?

  var name: String { field.map { "JSON field \($0)" } ?? "JSON" }
  var options: [String]? { nil }

  var finalTurnRequest: String {
    if let field {
      "Give the final answer only, as a JSON object with the member \"\(field)\"."
    } else {
      "Give the final answer only, as one JSON document without a code fence."
    }
  }

  func read(_ response: String) -> String? {
    first(in: response) ?? whole(response)
  }

  func isDecided(_ partial: String) -> Bool {
    first(in: partial, isOpen: true) != nil
  }

  func normalForm(ofReference reference: String) -> String {
    if let answer = read(reference) { return answer }
    guard field != nil, let value = JSONDocument.parse(reference) else { return reference.trimmed }
    return JSONDocument.plainText(value)
  }

  private func first(in text: String, isOpen: Bool = false) -> String? {
    for document in JSONDocument.candidates(in: text, isOpen: isOpen) {
      guard let value = JSONDocument.parse(document) else { continue }
      if let answer = answer(in: value) { return answer }
    }
    return nil
  }

  private func whole(_ text: String) -> String? {
    JSONDocument.parse(text).flatMap(answer)
  }

  private func answer(in value: JSONValue) -> String? {
    guard let field else { return JSONDocument.canonical(value) }
    return value[field].map(JSONDocument.plainText)
  }
}
