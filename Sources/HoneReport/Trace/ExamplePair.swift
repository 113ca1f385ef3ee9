// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// One example under the seed and under the best prompt.
public struct ExamplePair: Sendable, Hashable {
  /// What the best prompt did to the example.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// Better than under the seed.
    case won
    /// Worse than under the seed.
    case lost
    /// Full marks under both.
    case bothRight
    /// Nothing under both.
    case bothWrong
    /// The same score between nothing and full marks.
    case same
    /// At least one has no outcome that counts.
    case notCounted
  }

  /// The row's id.
  public var id: String
  /// The row, when the record holds it.
  public var example: Example?
  /// Its result under the seed.
  public var seed: ExampleResult
  /// Its result under the best prompt.
  public var best: ExampleResult

  /// What the best prompt did to the example.
  public var verdict: Verdict {
    guard let before = seed.outcome.value, let after = best.outcome.value else {
      return .notCounted
    }
    if after > before + 1e-9 { return .won }
    if after < before - 1e-9 { return .lost }
    if after >= 1 - 1e-9 { return .bothRight }
    return after <= 1e-9 ? .bothWrong : .same
  }

  /// The pairs of two evaluations, in the order of the first.
  public static func pairs(
    seed: Evaluation, best: Evaluation, examples: [Example]
  ) -> [ExamplePair] {
    let rows = Dictionary(examples.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let after = Dictionary(
      best.results.map { ($0.example, $0) }, uniquingKeysWith: { first, _ in first })
    return seed.results.compactMap { before in
      guard let after = after[before.example] else { return nil }
      return ExamplePair(
        id: before.example, example: rows[before.example], seed: before, best: after)
    }
  }
}
