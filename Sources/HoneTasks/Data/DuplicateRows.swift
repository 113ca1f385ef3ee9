// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Finds rows that stand in more than one split, by their inputs alone.
enum DuplicateRows {
  /// A warning for each pair of splits that share rows, and one for rows that contradict.
  ///
  /// The answers of the test rows are not looked at.
  static func warnings(_ splits: DataSplits) -> [String] {
    let test = splits.test.inputs
    return [
      shared("dev", splits.dev, "train", splits.train),
      shared("test", test, "train", splits.train),
      shared("test", test, "dev", splits.dev),
      contradictions(splits.train + splits.dev),
    ].compactMap { $0 }
  }

  private static func shared(
    _ name: String, _ rows: [Example], _ otherName: String, _ others: [Example]
  ) -> String? {
    var places: [String: String] = [:]
    for row in others where places[row.inputsKey] == nil { places[row.inputsKey] = row.id }
    let pairs = rows.compactMap { row in places[row.inputsKey].map { "\(row.id) = \($0)" } }
    guard !pairs.isEmpty else { return nil }
    let count = pairs.count == 1 ? "1 row has" : "\(pairs.count) rows have"
    return "\(name): \(count) the same inputs as rows of \(otherName): \(listed(pairs))"
  }

  private static func contradictions(_ rows: [Example]) -> String? {
    var first: [String: Example] = [:]
    var pairs: [String] = []
    for row in rows {
      let key = row.inputsKey
      if let earlier = first[key] {
        if Set(earlier.references).isDisjoint(with: row.references), !row.references.isEmpty {
          pairs.append("\(row.id) and \(earlier.id)")
        }
      } else {
        first[key] = row
      }
    }
    guard !pairs.isEmpty else { return nil }
    return "rows with the same inputs have different answers: \(listed(pairs))"
  }

  private static func listed(_ items: [String]) -> String {
    let shown = items.prefix(5).joined(separator: ", ")
    return items.count > 5 ? shown + " and \(items.count - 5) more" : shown
  }
}
