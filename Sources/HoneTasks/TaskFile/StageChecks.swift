// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Reads what a stage's fields must or should be like.
struct StageChecks {
  let node: DocumentNode
  let path: String
  /// The fields the stage writes.
  let outputs: [String]

  /// The checks, those that are required first.
  func read(into problems: inout ProblemList) -> [FieldCheck] {
    var found: [FieldCheck] = []
    for (key, isRequired) in [("require", true), ("suggest", false)] {
      for (index, item) in (node[key]?.items ?? []).enumerated() {
        if let check = check(item, "\(path).\(key)[\(index)]", isRequired, into: &problems) {
          found.append(check)
        }
      }
    }
    return found
  }

  private func check(
    _ item: DocumentNode, _ place: String, _ isRequired: Bool, into problems: inout ProblemList
  ) -> FieldCheck? {
    guard let field = item["field"], let name = field.text else { return nil }
    if !outputs.contains(name) {
      problems.add(
        at: field.position, "\(place).field", "the stage does not write \"\(name)\"",
        advice: NearestWord.advice(for: name, among: outputs))
    }
    let rules = (item.members ?? []).filter { $0.key != "field" }
    guard rules.count == 1, let rule = rules.first else {
      problems.add(
        at: item.position, place, "must have one rule, not \(rules.count)",
        advice: "write max-words, min-words, matches or without")
      return nil
    }
    return self.rule(rule, place, into: &problems).map {
      FieldCheck(field: name, $0, isRequired: isRequired)
    }
  }

  private func rule(
    _ member: DocumentNode.Member, _ place: String, into problems: inout ProblemList
  ) -> FieldCheck.Rule? {
    switch member.key {
    case "max-words": return member.value.text.flatMap { Int($0) }.map { .maxWords($0) }
    case "min-words": return member.value.text.flatMap { Int($0) }.map { .minWords($0) }
    case "without": return member.value.items.map { .without($0.compactMap(\.text)) }
    case "matches":
      guard let pattern = member.value.text else { return nil }
      if (try? NSRegularExpression(pattern: pattern)) == nil {
        problems.add(
          at: member.value.position, "\(place).matches", "is not a regular expression")
      }
      return .matches(pattern)
    default: return nil
    }
  }
}
