// SPDX-License-Identifier: Apache-2.0

/// A weighted sum of metrics.
struct WeightedSum: ResponseMetric {
  let parts: [(weight: Double, metric: any ResponseMetric)]

  var needsReferences: Bool { parts.contains { $0.metric.needsReferences } }

  func outcome(of attempt: Attempt) -> Outcome {
    Outcome.weighted(parts.map { ($0.weight, $0.metric.outcome(of: attempt)) })
  }
}

extension Outcome {
  /// The outcome of a weighted sum.
  ///
  /// A failed or refused part makes the whole so, as a sum without it would be another metric. An
  /// unparsable part adds 0; the whole is unparsable when all parts are. Feedback is joined by lines.
  public static func weighted(_ parts: [(weight: Double, outcome: Outcome)]) -> Outcome {
    var sum = 0.0
    var feedback: [String] = []
    var isParsable = false
    for (weight, outcome) in parts {
      switch outcome {
      case .failed, .refused, .filtered: return outcome
      case .unparsable, .empty, .cut: continue
      case .scored(let score):
        isParsable = true
        sum += weight * score.value
        if let text = score.feedback { feedback.append(text) }
      }
    }
    guard isParsable else { return .unparsable }
    return .scored(Score(sum, feedback: feedback.isEmpty ? nil : feedback.joined(separator: "\n")))
  }
}
