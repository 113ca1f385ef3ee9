// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Which dev rows the pulls of a round stand for.
///
/// In both the candidates of a round that are pulled alike see the same rows, so that their scores
/// differ by the candidates alone, and none sees a row twice.
public enum RowSchedule: String, Sendable, Hashable, CaseIterable {
  /// The rows stand in one drawn order and every candidate goes through them from its start.
  case blocks
  /// Each round goes on to other rows, and starts over when all were used.
  case minibatches
}

/// Deals rows to arms by a schedule.
struct RowDealer: Sendable {
  private let schedule: RowSchedule
  private let order: [Int]
  private var cursor = 0
  private var seen: [Set<Int>]
  /// The rows of each arm so far, in the order dealt.
  private(set) var dealt: [[Int]]

  init(rows: Int, arms: Int, schedule: RowSchedule, by chance: inout SeededGenerator) {
    self.schedule = schedule
    order = Array(0..<max(0, rows)).shuffled(by: &chance)
    seen = Array(repeating: [], count: arms)
    dealt = Array(repeating: [], count: arms)
  }

  /// The rows of a round, for each of the pulls.
  mutating func deal(_ pulls: [ArmPulls]) -> [[Int]] {
    let start = schedule == .blocks ? 0 : cursor
    let round = order[start...] + order[..<start]
    let seenBefore = seen
    let rows = pulls.map { pull in
      Array(round.lazy.filter { !seenBefore[pull.arm].contains($0) }.prefix(pull.count))
    }
    for (pull, own) in zip(pulls, rows) {
      seen[pull.arm].formUnion(own)
      dealt[pull.arm] += own
    }
    if !order.isEmpty { cursor = (cursor + (pulls.map(\.count).max() ?? 0)) % order.count }
    return rows
  }
}
