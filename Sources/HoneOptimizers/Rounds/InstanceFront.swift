// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The candidates that are best on some row, and how many rows each leads.
///
/// Candidates whose every lead is shared with others that stay are left out, the worst first. Agrawal
/// et al., arXiv:2507.19457, algorithm 2.
struct InstanceFront: Sendable {
  /// The ids with the number of rows each leads, in the order the candidates came.
  let leads: [(id: String, rows: Int)]

  /// Works out the front of evaluations on the same rows.
  init(_ evaluations: [Evaluation]) {
    let rows = evaluations.map(\.results.count).max() ?? 0
    var leaders: [Set<Int>] = []
    for row in 0..<rows {
      let values = evaluations.map { evaluation in
        row < evaluation.results.count ? evaluation.results[row].outcome.value : nil
      }
      guard let best = values.compactMap({ $0 }).max() else { continue }
      leaders.append(Set(values.indices.filter { values[$0] == best }))
    }
    var staying = Set(leaders.flatMap { $0 })
    let worstFirst = staying.sorted {
      let (a, b) = (evaluations[$0].score ?? -.infinity, evaluations[$1].score ?? -.infinity)
      return a == b ? $0 > $1 : a < b
    }
    for index in worstFirst {
      let isNeeded = leaders.contains { $0.contains(index) && $0.intersection(staying).count == 1 }
      if !isNeeded, staying.count > 1 { staying.remove(index) }
    }
    leads = staying.sorted().map { index in
      (evaluations[index].candidate, leaders.count { $0.contains(index) })
    }
  }

  /// A candidate drawn in proportion to the rows it leads.
  func drawn(by chance: inout SeededGenerator) -> String? {
    let index = [Double].drawnIndex(weights: leads.map { Double($0.rows) }, by: &chance)
    return index.map { leads[$0].id }
  }
}
