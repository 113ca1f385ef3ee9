// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Candidate {
  /// The candidate without its demonstrations of a row, in every stage; nil where it shows none of it.
  func hiding(_ row: Example) -> Candidate? {
    var kept = prompts
    for (stage, prompt) in prompts {
      let others = prompt.demonstrations.indices.filter { !prompt.demonstrations[$0].shows(row) }
      guard others.count < prompt.demonstrations.count else { continue }
      kept[stage]?.demonstrations = others.map { prompt.demonstrations[$0] }
      if let keys = prompt.nearest?.keys, keys.count == prompt.demonstrations.count {
        kept[stage]?.nearest?.keys = others.map { keys[$0] }
      }
    }
    guard kept != prompts else { return nil }
    return Candidate(
      prompts: kept,
      lineage: Lineage(
        parents: [id], move: "without the demonstration of \(row.id)", step: lineage.step))
  }
}

extension Demonstration {
  /// Whether all that it has of the row's fields, and it has some, is as in the row.
  ///
  /// A stage in the middle of a program also reads what earlier stages wrote, which no row has.
  fileprivate func shows(_ row: Example) -> Bool {
    let shared = fields.filter { row.fields[$0.key] != nil }
    return !shared.isEmpty && shared.allSatisfy { row.fields[$0.key] == $0.value }
  }
}
