// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension TaskReading {
  /// The keys that go with one kind of answer only.
  private static let kindKeys = [
    (key: "labels", kind: "label"), (key: "last", kind: "choice"),
    (key: "decimals", kind: "number"), (key: "member", kind: "json"),
  ]

  /// How an answer is read, or nil after reporting why that is unclear.
  mutating func readAnswer() -> AnswerFormat? {
    guard let node = root["answer"], let word = node["kind"]?.text else { return nil }
    for (key, kind) in Self.kindKeys where kind != word && TaskKeys.answerKinds.contains(word) {
      guard let member = node.members?.first(where: { $0.key == key }) else { continue }
      problems.add(
        at: member.position, "answer.\(key)", "goes with kind \(kind) only, not with \(word)",
        advice: "remove it, or write kind: \(kind)")
    }
    guard let kind = readKind(word, node) else { return nil }
    let source = readSource(node, kind, word)
    let finalTurn = node["final-turn"]?.flag ?? false
    if finalTurn { checkFinalTurn(source, node) }
    return AnswerFormat(kind: kind, source: source, finalTurn: finalTurn)
  }

  private mutating func readKind(_ word: String, _ node: DocumentNode) -> AnswerKind? {
    switch word {
    case "choice": return readLast(node).map { .choice(last: $0) }
    case "label": return readLabels(node).map { .label($0) }
    case "yes-no": return .yesNo
    case "true-false": return .trueFalse
    case "valid-invalid": return .validInvalid
    case "number": return .number(decimals: node["decimals"]?.text.flatMap { Int($0) } ?? 2)
    case "exact-text": return .exactText
    case "word-list": return .wordList
    case "brackets": return .brackets
    case "free-text": return .freeText
    case "json": return .json(field: node["member"]?.text)
    default: return nil
    }
  }

  private mutating func readLast(_ node: DocumentNode) -> String? {
    guard let last = node["last"] else {
      problems.add(
        at: node.position, "answer.last", "is required and missing for kind choice",
        advice: "write the last letter, such as D")
      return nil
    }
    guard let letter = last.text else { return nil }
    guard letter.utf8.count == 1, let code = letter.utf8.first, (0x42...0x5A).contains(code) else {
      problems.add(
        at: last.position, "answer.last", "must be a letter from B to Z, not \(last.described)")
      return nil
    }
    return letter
  }

  private mutating func readLabels(_ node: DocumentNode) -> [String]? {
    guard let list = node["labels"] else {
      problems.add(
        at: node.position, "answer.labels", "is required and missing for kind label",
        advice: "list the labels")
      return nil
    }
    guard let items = list.items, !items.isEmpty else { return nil }
    var labels: [String] = []
    for (index, item) in items.enumerated() {
      guard let label = item.text else { continue }
      let folded = label.trimmed.lowercased()
      if folded.isEmpty {
        problems.add(at: item.position, "answer.labels[\(index)]", "the label is empty")
      } else if labels.contains(where: { $0.trimmed.lowercased() == folded }) {
        problems.add(
          at: item.position, "answer.labels[\(index)]",
          "the label \"\(DocumentNode.shortened(label))\" stands twice",
          advice: "labels that differ only in case are one")
      } else {
        labels.append(label)
      }
    }
    if items.count == 1 {
      problems.add(at: list.position, "answer.labels", "must be at least two labels, not 1")
    }
    return labels
  }

  private mutating func readSource(
    _ node: DocumentNode, _ kind: AnswerKind, _ word: String
  ) -> AnswerSource {
    guard node["choose"]?.text == "likelihood" else {
      for key in ["normalize", "calibrate"] {
        guard let member = node.members?.first(where: { $0.key == key }) else { continue }
        problems.add(
          at: member.position, "answer.\(key)", "goes with choose: likelihood only",
          advice: "remove it, or write choose: likelihood")
      }
      return .generation
    }
    if kind.options == nil {
      problems.add(
        at: node["choose"]?.position ?? node.position, "answer.choose",
        "likelihood needs a kind with a list of options; \(word) has none",
        advice: "use choice, label, yes-no, true-false or valid-invalid, or choose: generation")
    }
    return .likelihood(
      LikelihoodChoice(
        normalization: node["normalize"]?.text.flatMap { .init(rawValue: $0) } ?? .none,
        calibration: node["calibrate"]?.text.flatMap { .init(rawValue: $0) } ?? .none))
  }

  private mutating func checkFinalTurn(_ source: AnswerSource, _ node: DocumentNode) {
    guard let position = node["final-turn"]?.position else { return }
    if case .likelihood = source {
      problems.add(
        at: position, "answer.final-turn", "goes with choose: generation only",
        advice: "remove one of the two")
    }
    if root["prompt"]?["layout"]?.text == "raw" {
      problems.add(
        at: position, "answer.final-turn", "needs a chat; layout raw has no turns",
        advice: "remove one of the two")
    }
  }
}
