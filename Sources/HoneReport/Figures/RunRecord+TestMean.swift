// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension RunRecord {
  /// The mean of a prompt's test outcomes with its interval; nil for figures of a whole set.
  func testMean(_ evaluation: Evaluation) -> EstimatedMean? {
    guard task.metric != .macroF1 else { return nil }
    return EstimatedMean(of: evaluation.results, binary: task.metric.isBinary, seed: task.seed)
  }
}
