// SPDX-License-Identifier: Apache-2.0

/// 1 when the response equals a reference, both without white space at their ends, else 0.
struct ExactMatch: ResponseMetric {
  func outcome(of attempt: Attempt) -> Outcome {
    let response = attempt.response.trimmed
    return .right(attempt.references.contains { $0.trimmed == response })
  }
}
