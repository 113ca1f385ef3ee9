// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Divides rows among parts.
///
/// Which part a row goes to depends on the seed and on what the rows say, not on their order. Each
/// answer is shared out in proportion: part by part, by largest remainders, so that every part has
/// its number of rows and each answer is within one row of its share. Rows with the same inputs go
/// to one part; only when these do not fit can a part miss its number.
struct Splitter {
  private let seed: UInt64
  private var groups: [Group] = []

  /// Rows with the same inputs.
  private struct Group {
    var rows: [Int]
    var content: String
    /// The answer by which the group is shared out.
    var stratum: String
    /// The place in the order drawn from the seed.
    var draw: UInt64
  }

  /// The part of each row, or nil for rows that no part needs.
  ///
  /// `counts` are the parts' numbers of rows, together at most as many as there are.
  static func parts(of rows: [Example], counts: [Int], seed: UInt64) -> [Int?] {
    let splitter = Splitter(rows, seed: seed)
    var parts = [Int?](repeating: nil, count: rows.count)
    let strata = Dictionary(grouping: splitter.groups, by: \.stratum)
    let quotas = splitter.quotas(
      sizes: strata.mapValues { $0.reduce(0) { $0 + $1.rows.count } }, counts: counts)
    for (stratum, groups) in strata {
      var room = quotas[stratum] ?? []
      let ordered = groups.sorted {
        ($1.rows.count, $0.draw, $0.content) < ($0.rows.count, $1.draw, $1.content)
      }
      for group in ordered {
        guard let part = room.indices.max(by: { room[$0] < room[$1] }) else { continue }
        room[part] -= group.rows.count
        // The last part holds what no other needs.
        for row in group.rows where part < counts.count { parts[row] = part }
      }
    }
    return parts
  }

  private init(_ rows: [Example], seed: UInt64) {
    self.seed = seed
    var places: [String: Int] = [:]
    for (index, row) in rows.enumerated() {
      let content = row.inputsKey
      let answer = row.references.first ?? ""
      if let place = places[content] {
        groups[place].rows.append(index)
        // The least answer, so that the order of the rows does not matter.
        groups[place].stratum = min(groups[place].stratum, answer)
      } else {
        places[content] = groups.count
        groups.append(
          Group(rows: [index], content: content, stratum: answer, draw: draw("row " + content)))
      }
    }
  }

  private func draw(_ name: String) -> UInt64 {
    var generator = SeededGenerator(seed: seed, stream: name)
    return generator.next()
  }

  /// How many rows of each stratum each part gets, and as a last entry what is left.
  private func quotas(sizes: [String: Int], counts: [Int]) -> [String: [Int]] {
    var left = sizes
    var quotas: [String: [Int]] = sizes.mapValues { _ in [] }
    for (part, count) in counts.enumerated() {
      let total = left.values.reduce(0, +)
      guard total > 0 else { break }
      var shares: [(stratum: String, rows: Int, remainder: Int, draw: UInt64)] = left.map {
        let share = ($0.value * min(count, total)).quotientAndRemainder(dividingBy: total)
        return ($0.key, share.quotient, share.remainder, draw("share \(part) " + $0.key))
      }
      shares.sort { ($1.remainder, $0.draw, $0.stratum) < ($0.remainder, $1.draw, $1.stratum) }
      let missing = min(count, total) - shares.reduce(0) { $0 + $1.rows }
      for index in shares.indices {
        let rows = shares[index].rows + (index < missing ? 1 : 0)
        quotas[shares[index].stratum, default: []].append(rows)
        left[shares[index].stratum, default: 0] -= rows
      }
    }
    for (stratum, rows) in left { quotas[stratum, default: []].append(rows) }
    return quotas
  }
}

extension Example {
  /// The inputs as one text: equal for rows that a model cannot tell apart.
  var inputsKey: String {
    if fields.count == 1, let value = fields.first?.value { return value.trimmed }
    return fields.sorted { $0.key < $1.key }.map { "\($0.key)\u{1F}\($0.value.trimmed)" }
      .joined(separator: "\u{1E}")
  }
}
