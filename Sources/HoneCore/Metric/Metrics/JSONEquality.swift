// SPDX-License-Identifier: Apache-2.0

/// 1 when the response's JSON document, or its member, equals a reference's, else 0.
///
/// The order of members and the way a number is written do not count; the order of elements does.
struct JSONEquality: ResponseMetric {
  let field: String?

  func outcome(of attempt: Attempt) -> Outcome {
    let reader = JSONAnswer(field: field)
    guard let answer = reader.read(attempt.response) else { return .unparsable }
    return .right(attempt.references.contains { reader.matches(answer, reference: $0) })
  }
}
