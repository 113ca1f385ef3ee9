// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A training row with what several programs did on it.
struct RowBucket: Sendable {
  /// The row.
  let row: Example
  /// What each program did, with its value; those that were not counted are left out.
  let tries: [(program: Candidate, result: ExampleResult, value: Double)]

  /// The best and the worst value, and the mean.
  var best: Double { tries.map(\.value).max() ?? 0 }
  var worst: Double { tries.map(\.value).min() ?? 0 }
  private var mean: Double { tries.reduce(0) { $0 + $1.value } / Double(max(1, tries.count)) }

  /// Puts evaluations on the same rows together, row by row, the most telling row first: where the
  /// programs differ most, then where the best is best, then where it is furthest above the mean.
  static func ranked(
    _ programs: [Candidate], _ evaluations: [Evaluation], on rows: [Example]
  ) -> [RowBucket] {
    let buckets = rows.indices.map { index in
      var tries: [(program: Candidate, result: ExampleResult, value: Double)] = []
      for (program, evaluation) in zip(programs, evaluations) where index < evaluation.results.count
      {
        let result = evaluation.results[index]
        if let value = result.outcome.value { tries.append((program, result, value)) }
      }
      return RowBucket(row: rows[index], tries: tries)
    }
    let keys = buckets.map { [$0.best - $0.worst, $0.best, $0.best - $0.mean] }
    let order = buckets.indices.sorted { first, second in
      for (a, b) in zip(keys[first], keys[second]) where a != b { return a > b }
      return first < second
    }
    return order.map { buckets[$0] }
  }
}
