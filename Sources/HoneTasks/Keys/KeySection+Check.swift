// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension KeySection {
  /// Reports every unknown key, missing key and value of the wrong kind.
  func check(
    _ node: DocumentNode, _ path: String, optimizers: [OptimizerDescription],
    into problems: inout ProblemList
  ) {
    guard let members = node.members else {
      problems.add(
        at: node.position, path,
        "must be \(ValueKind.mapping(self).requirement), not \(node.described)")
      return
    }
    var seen: Set<String> = []
    for member in members {
      let memberPath = Self.path(path, member.key)
      guard let key = self[member.key] else {
        problems.add(
          at: member.position, path,
          "unknown key \"\(DocumentNode.shortened(member.key))\"",
          advice: NearestWord.advice(for: member.key, among: keys.map(\.name)))
        continue
      }
      seen.insert(key.name)
      key.kind.check(member.value, memberPath, optimizers: optimizers, into: &problems)
    }
    for key in keys where key.isRequired && !seen.contains(key.name) {
      problems.add(
        at: node.position, Self.path(path, key.name),
        "is required and missing; it must be \(key.kind.requirement)")
    }
  }

  static func path(_ path: String, _ key: String) -> String {
    let word = DocumentNode.shortened(key)
    return path.isEmpty ? word : path + "." + word
  }
}

extension ValueKind {
  /// Reports a value of the wrong kind.
  func check(
    _ node: DocumentNode, _ path: String, optimizers: [OptimizerDescription],
    into problems: inout ProblemList
  ) {
    switch self {
    case .mapping(let section):
      section.check(node, path, optimizers: optimizers, into: &problems)
    case .list(let kind):
      guard let items = node.items, !items.isEmpty else {
        return refuse(node, path, into: &problems)
      }
      for (index, item) in items.enumerated() {
        kind.check(item, "\(path)[\(index)]", optimizers: optimizers, into: &problems)
      }
    case .row:
      guard let members = node.members else { return refuse(node, path, into: &problems) }
      for member in members where member.value.text == nil {
        ValueKind.text.refuse(
          member.value, KeySection.path(path, member.key), into: &problems)
      }
    case .document:
      if node.members?.isEmpty != false { refuse(node, path, into: &problems) }
    case .optimizer:
      checkOptimizer(node, path, optimizers, into: &problems)
    case .either(let kinds):
      guard !node.isNull, let kind = kinds.first(where: { $0.hasShape(of: node) }) else {
        return refuse(node, path, into: &problems)
      }
      kind.check(node, path, optimizers: optimizers, into: &problems)
    case .text, .word, .integer, .number, .flag, .quantity:
      if !acceptsScalar(node) { refuse(node, path, into: &problems) }
    }
  }

  private func acceptsScalar(_ node: DocumentNode) -> Bool {
    switch self {
    case .text: node.text != nil
    case .word(let words): node.text.map(words.contains) ?? false
    case .integer(let range):
      node.text.flatMap { Int($0) }.map { range.contains($0) && node.number != nil } ?? false
    case .number(let range): node.number.map(range.contains) ?? false
    case .flag: node.flag != nil
    case .quantity(let quantity): node.text.flatMap { quantity.amount($0) } != nil
    case .list, .mapping, .row, .document, .optimizer, .either: false
    }
  }

  private func refuse(_ node: DocumentNode, _ path: String, into problems: inout ProblemList) {
    var advice: String?
    if case .word(let words) = self, let text = node.text,
      let nearest = NearestWord.to(text, among: words)
    {
      advice = "did you mean \"\(nearest)\"?"
    }
    if case .list(.text) = self, node.text != nil { advice = "write it in brackets" }
    problems.add(
      at: node.position, path, "must be \(requirement), not \(node.described)", advice: advice)
  }

  private func checkOptimizer(
    _ node: DocumentNode, _ path: String, _ optimizers: [OptimizerDescription],
    into problems: inout ProblemList
  ) {
    guard let nameNode = node.members == nil ? node : node["name"], let name = nameNode.text else {
      return refuse(node["name"] ?? node, path, into: &problems)
    }
    guard let optimizer = optimizers.first(where: { $0.name == name }) else {
      if optimizers.isEmpty { return }
      problems.add(
        at: nameNode.position, path,
        "there is no optimizer \"\(DocumentNode.shortened(name))\"",
        advice: NearestWord.advice(for: name, among: optimizers.map(\.name)))
      return
    }
    if node.members != nil {
      KeySection(optimizer).check(node, path, optimizers: [], into: &problems)
    }
  }
}

extension KeySection {
  /// The keys of an optimizer: its name and its settings.
  init(_ optimizer: OptimizerDescription) {
    let name = Key("name", .word([optimizer.name]), required: true, optimizer.summary)
    keys =
      [name]
      + optimizer.settings.map { setting in
        let kind: ValueKind =
          switch setting.kind {
          case .integer(let range): .integer(range)
          case .number(let range): .number(range)
          case .choice(let words): .word(words)
          case .flag: .flag
          case .text: .text
          }
        return Key(setting.name, kind, default: setting.defaultValue.asWritten, setting.help)
      }
  }
}

extension JSONValue {
  /// A scalar as a task file writes it.
  fileprivate var asWritten: String? {
    switch self {
    case .null, .array, .object: nil
    case .bool(let value): String(value)
    case .number(let value): Int(exactly: value).map { String($0) } ?? String(value)
    case .string(let text): text
    }
  }
}
