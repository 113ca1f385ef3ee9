// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Finds rows that stand in more than one split, by their inputs alone.
enum DuplicateRows {
  /// A warning for each pair of splits that share rows, and one for rows that contradict.
  ///
  /// The answers of the test rows are not looked at.
  static func warnings(_ splits: DataSplits) -> [String] {
    let train = splits.train.map(Row.init)
    let dev = splits.dev.map(Row.init)
    let test = splits.test.inputs.map(Row.init)
    return [
      shared("dev", dev, "train", train), shared("test", test, "train", train),
      shared("test", test, "dev", dev), contradictions(train + dev),
    ].compactMap { $0 }
  }

  /// An example with its inputs as one text, which is worked out once.
  private struct Row {
    var example: Example
    var inputs: String

    init(_ example: Example) {
      self.example = example
      inputs = example.inputsKey
    }
  }

  private static func shared(
    _ name: String, _ rows: [Row], _ otherName: String, _ others: [Row]
  ) -> String? {
    let places = Dictionary(
      others.map { ($0.inputs, $0.example.id) }, uniquingKeysWith: { first, _ in first })
    let pairs = rows.compactMap { row in
      places[row.inputs].map { "\(row.example.id) = \($0)" }
    }
    guard !pairs.isEmpty else { return nil }
    let count = pairs.count == 1 ? "1 row has" : "\(pairs.count) rows have"
    return "\(name): \(count) the same inputs as rows of \(otherName): \(listed(pairs))"
  }

  private static func contradictions(_ rows: [Row]) -> String? {
    var first: [String: Example] = [:]
    var pairs: [String] = []
    for row in rows {
      guard let earlier = first[row.inputs] else {
        first[row.inputs] = row.example
        continue
      }
      let references = row.example.references
      if !references.isEmpty, Set(earlier.references).isDisjoint(with: references) {
        pairs.append("\(row.example.id) and \(earlier.id)")
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
