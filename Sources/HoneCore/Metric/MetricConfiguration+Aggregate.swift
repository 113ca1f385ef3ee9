// SPDX-License-Identifier: Apache-2.0

extension MetricConfiguration {
  /// The figure of a set: the mean of the counted outcomes, or macro-F1.
  ///
  /// In a weighted sum, the macro-F1 of the set takes the place of the mean of its examples. Results
  /// find their examples by id; a result whose example is missing is left out of macro-F1.
  /// - Returns: nil when nothing was counted.
  public func aggregate(
    _ results: [ExampleResult], examples: [Example], kind: AnswerKind
  ) -> Double? {
    let values = results.compactMap(\.outcome.value)
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let share = macroF1Share
    guard share > 0 else { return mean }
    let macro = MacroF1(results: results, examples: examples, kind: kind)
    guard let figure = macro.figure else { return mean }
    return mean + share * (figure - macro.accuracy)
  }

  /// The weight of macro-F1 in the metric, in 0…1.
  private var macroF1Share: Double {
    switch self {
    case .macroF1: 1
    case .weighted(let parts): parts.reduce(0) { $0 + $1.weight * $1.metric.macroF1Share }
    default: 0
    }
  }
}
