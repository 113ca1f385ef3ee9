// SPDX-License-Identifier: Apache-2.0

/// 1 for a response of at most so many words, falling in a straight line to 0 at twice as many.
struct Length: ResponseMetric {
  let maximum: Int

  var needsReferences: Bool { false }

  func outcome(of attempt: Attempt) -> Outcome {
    let words = attempt.response.split(whereSeparator: \.isWhitespace).count
    let excess = Double(words - maximum) / Double(max(1, maximum))
    return .scored(Score(min(1, max(0, 1 - excess))))
  }
}
