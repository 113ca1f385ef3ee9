// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What kind of answer some values seem to be.
struct AnswerGuess: Sendable, Hashable {
  /// The kind, one of the words of `answer.kind`.
  var kind: String
  /// The labels or the last letter that go with the kind.
  var options: [String] = []

  /// Guesses from the values of the answer field.
  init(answers: [DataRow.Value]) {
    var texts: [String] = []
    var hasNested = false
    for value in answers {
      switch value {
      case .text(let text): texts.append(text)
      case .texts(let more, _): texts += more
      case .nested: hasNested = true
      case .null: break
      }
    }
    self = hasNested || texts.isEmpty ? AnswerGuess(kind: "json") : Self.guess(texts)
  }

  private init(kind: String, options: [String] = []) {
    self.kind = kind
    self.options = options
  }

  /// The first kind that every text fits.
  private static func guess(_ texts: [String]) -> AnswerGuess {
    let words = Set(texts.map { $0.trimmed.lowercased() })
    let closed: [(String, Set<String>)] = [
      ("yes-no", ["yes", "no"]), ("true-false", ["true", "false"]),
      ("valid-invalid", ["valid", "invalid"]),
    ]
    for (kind, options) in closed where words.isSubset(of: options) {
      return AnswerGuess(kind: kind)
    }
    let letters = words.compactMap(letter)
    if letters.count == words.count, let last = letters.max() {
      return AnswerGuess(kind: "choice", options: [max(last, "B")])
    }
    if words.allSatisfy(isNumber) { return AnswerGuess(kind: "number") }
    if words.allSatisfy({ $0.allSatisfy { "()[]{}<> ".contains($0) } }) {
      return AnswerGuess(kind: "brackets")
    }
    if let labels = labels(texts) { return AnswerGuess(kind: "label", options: labels) }
    if texts.allSatisfy({ $0.hasPrefix("{") && isJSON($0) }) { return AnswerGuess(kind: "json") }
    let average = texts.reduce(0) { $0 + $1.split(separator: " ").count } / max(1, texts.count)
    return AnswerGuess(kind: average <= 6 ? "exact-text" : "free-text")
  }

  /// The capital of `b` or `(b)`.
  private static func letter(_ word: String) -> String? {
    var text = word[...]
    if text.hasPrefix("("), text.hasSuffix(")") { text = text.dropFirst().dropLast() }
    guard text.utf8.count == 1, let first = text.first, first.isLetter else { return nil }
    return first.uppercased()
  }

  private static func isNumber(_ word: String) -> Bool {
    word.utf8.allSatisfy { "0123456789.-".utf8.contains($0) } && Double(word) != nil
  }

  private static func isJSON(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return (try? JSONParser.parse(bytes, in: 0..<bytes.count)) != nil
  }

  /// The distinct answers in the order of the file, when there are few and they come back.
  private static func labels(_ texts: [String]) -> [String]? {
    var seen: Set<String> = []
    var labels: [String] = []
    for text in texts where seen.insert(text.trimmed.lowercased()).inserted {
      labels.append(text.trimmed)
      if labels.count > 30 { return nil }
    }
    let isShort = labels.allSatisfy { !$0.isEmpty && $0.utf8.count <= 40 && !$0.contains("\n") }
    return isShort && labels.count >= 2 && texts.count >= 2 * labels.count ? labels : nil
  }
}

extension AnswerGuess {
  /// The lines of the task file under `answer` after `field`.
  var lines: String {
    switch kind {
    case "label":
      let labels = options.map { YAMLScalar.written($0) }.joined(separator: ", ")
      return """
          kind: label
          labels: [\(labels)]
          # generation: the answer is read from what the model writes. likelihood: the label that
          # the model finds likeliest is the answer, which suits small models.
          choose: generation
        """
    case "choice": return "  kind: choice\n  last: \(options.joined())"
    case "number": return "  kind: number\n  decimals: 2"
    case "json": return "  kind: json\n  # When one member is the answer:\n  # member: KEY"
    default:
      let others = TaskKeys.answerKinds.filter { $0 != kind }
      return """
          # Other kinds: \(others.prefix(5).joined(separator: ", ")),
          # \(others.dropFirst(5).joined(separator: ", ")).
          kind: \(kind)
        """
    }
  }

  /// A metric that suits the kind.
  var metric: String { kind == "free-text" ? "rouge-l" : "accuracy" }

  /// A plain prompt to start from.
  var instruction: String {
    switch kind {
    case "label": "Answer with one of: \(options.joined(separator: ", "))."
    case "choice": "Answer with the letter of the right option."
    case "yes-no": "Answer yes or no."
    case "true-false": "Answer true or false."
    case "valid-invalid": "Answer valid or invalid."
    case "number": "Answer with a number."
    case "brackets": "Answer with the missing brackets."
    case "json": "Answer with JSON."
    default: "Answer the question."
    }
  }

  /// A description to be replaced.
  func description(answerField: String) -> String {
    switch kind {
    case "label": "Tell which \(answerField) fits."
    case "free-text": "Write the \(answerField)."
    default: "Find the \(answerField)."
    }
  }
}
