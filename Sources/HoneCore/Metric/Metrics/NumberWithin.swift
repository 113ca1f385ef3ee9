// SPDX-License-Identifier: Apache-2.0

/// 1 when the response's number differs from a reference's by at most the tolerance, else 0.
///
/// The numbers are read from the response and the references, not rounded.
struct NumberWithin: ResponseMetric {
  let tolerance: Double

  func outcome(of attempt: Attempt) -> Outcome {
    let reader = NumberAnswer(decimals: 0)
    let given = reader.number(in: attempt.response) ?? attempt.answer.flatMap(reader.number)
    guard let number = given?.value, number.isFinite else { return .unparsable }
    return .right(
      attempt.references.contains { reference in
        guard let wanted = reader.number(in: reference)?.value else { return false }
        // One unit in the last place is allowed for, so that 0.3 is within 0.1 of 0.2.
        return abs(number - wanted) <= tolerance + max(abs(number), abs(wanted)).ulp
      })
  }
}
