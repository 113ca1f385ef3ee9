// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension MetricConfiguration {
  /// The metrics that a task file names by a word alone, such as `rouge-l`.
  public static var words: [String: MetricConfiguration] {
    Dictionary(
      uniqueKeysWithValues: TaskKeys.simpleMetrics.map { ($0.name, $0.metric) })
  }
}
