// SPDX-License-Identifier: Apache-2.0

/// The parts that `data.split` asks for.
struct SplitShares {
  /// Percent below 0, or numbers of rows above 0: train, dev, test.
  private let shares: [Double]

  /// Reads the parts, or gives nil after reporting what is wrong.
  ///
  /// Without a node they are 40, 30 and 30 percent.
  init?(_ node: DocumentNode?, into problems: inout ProblemList) {
    guard let node else {
      shares = [-40, -30, -30]
      return
    }
    shares = DataReading.splitNames.compactMap { name in
      node[name]?.text.flatMap { Quantity.share.amount($0) }
    }
    guard shares.count == 3 else { return nil }
    let percents = shares.filter { $0 < 0 }
    if !percents.isEmpty, percents.count < 3 {
      problems.add(
        at: node.position, "data.split", "percentages and numbers of rows cannot be mixed",
        advice: "write all three in one way")
      return nil
    }
    let sum = -percents.reduce(0, +)
    if sum > 100 + 1e-9 {
      let shown = "\((sum * 1e3).rounded() / 1e3)".withoutFraction
      problems.add(
        at: node.position, "data.split",
        "the parts must add up to at most 100%, not \(shown)%")
      return nil
    }
  }

  /// The numbers of rows of the parts, or nil after reporting that there are too few rows.
  func counts(
    of rows: Int, at node: DocumentNode, into problems: inout ProblemList
  ) -> [Int]? {
    let counts = shares[0] < 0 ? rounded(rows) : shares.map { Int($0) }
    let total = counts.reduce(0, +)
    if total > rows {
      problems.add(
        at: node.position, "data.split", "the parts need \(total) rows, the file has \(rows)",
        advice: "write smaller numbers, or percentages")
      return nil
    }
    for (name, count) in zip(DataReading.splitNames, counts) where count == 0 {
      problems.add(
        at: node.position, "data.split.\(name)",
        "must hold at least one row; a file of \(rows) is too small for its part",
        advice: "add rows, or give it a larger part")
    }
    return counts.contains(0) ? nil : counts
  }

  /// Percentages as numbers of rows, by largest remainder.
  private func rounded(_ rows: Int) -> [Int] {
    let exact = shares.map { -$0 / 100 * Double(rows) }
    var counts = exact.map { Int($0 + 1e-9) }
    let wanted = Int(exact.reduce(0, +) + 1e-6)
    let order = exact.indices.sorted {
      exact[$0] - Double(counts[$0]) > exact[$1] - Double(counts[$1])
    }
    for part in order.prefix(max(0, wanted - counts.reduce(0, +))) { counts[part] += 1 }
    return counts
  }
}
