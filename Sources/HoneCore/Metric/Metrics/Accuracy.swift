// SPDX-License-Identifier: Apache-2.0

/// 1 when the answer equals a reference by the rules of the answer kind, else 0.
struct Accuracy: ResponseMetric {
  func outcome(of attempt: Attempt) -> Outcome {
    guard let answer = attempt.answer else { return .unparsable }
    return .right(attempt.isRight(answer))
  }
}
