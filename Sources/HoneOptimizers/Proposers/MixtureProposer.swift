// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Shares each step's proposals among several proposers, more to those that succeed.
///
/// A proposer's weight is its prior share times its mean gain, where two attempts that gained
/// ``expectation`` each stand in for what is not yet known. A gain is by how much a proposal passed
/// the prompt it started from, 0 when it did not or was turned down. Every proposer makes at least one
/// proposal in the first step. Weights follow from the trajectory alone and no chance is drawn.
public struct MixtureProposer: Proposer {
  /// A proposer and its share before anything is known.
  public struct Part: Sendable {
    /// The proposer.
    public var proposer: any Proposer
    /// Its share, above 0.
    public var prior: Double

    /// Creates a part.
    public init(_ proposer: any Proposer, prior: Double) {
      self.proposer = proposer
      self.prior = prior
    }
  }

  /// The proposers.
  public var parts: [Part]
  /// The gain expected of a proposer before anything is known.
  public var expectation: Double

  /// Creates a mixture.
  public init(_ parts: [Part], expectation: Double = 0.02) {
    self.parts = parts
    self.expectation = expectation
  }

  /// The name.
  public var name: String { "mixture" }
  /// Whether one of the parts reads the trajectory.
  public var readsTrajectory: Bool { parts.contains { $0.proposer.readsTrajectory } }
  /// The most of any part.
  public var callsPerProposal: Int { parts.map(\.proposer.callsPerProposal).max() ?? 0 }

  /// The sum of what each part would take if it made all proposals, which none passes.
  public func mostCalls(proposing count: Int, facts: TaskFacts) -> Int {
    parts.reduce(0) { $0 + $1.proposer.mostCalls(proposing: count, facts: facts) }
  }

  /// Asks each proposer for its share.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    var proposals: [Proposal] = []
    var request = request
    for (part, share) in zip(parts, shares(of: count, after: request.trajectory.attempts))
    where share > 0 {
      let made = try await part.proposer.propose(share, for: request, in: session)
      request.seen.formUnion(made.map(\.text))
      proposals.append(contentsOf: made)
    }
    return proposals
  }

  /// How many of `count` proposals each part makes, by largest remainder.
  public func shares(of count: Int, after attempts: [Attempt]) -> [Int] {
    let weights = parts.map { weight(of: $0, after: attempts) }
    let total = weights.reduce(0, +)
    guard total > 0 else { return parts.map { _ in 0 } }
    let exact = weights.map { Double(count) * $0 / total }
    var shares = exact.map { Int($0) }
    let byRemainder = exact.indices.sorted {
      (exact[$0] - exact[$0].rounded(.down), $1) > (exact[$1] - exact[$1].rounded(.down), $0)
    }
    for index in byRemainder.prefix(count - shares.reduce(0, +)) { shares[index] += 1 }
    if attempts.isEmpty { giveEachOne(&shares) }
    return shares
  }

  private func weight(of part: Part, after attempts: [Attempt]) -> Double {
    let gains = attempts.filter { $0.source == part.proposer.name }.map { max(0, $0.gain ?? 0) }
    return part.prior * (gains.reduce(0, +) + 2 * expectation) / Double(gains.count + 2)
  }

  private func giveEachOne(_ shares: inout [Int]) {
    for index in shares.indices where shares[index] == 0 {
      guard let rich = shares.indices.max(by: { shares[$0] < shares[$1] }), shares[rich] > 1 else {
        return
      }
      shares[rich] -= 1
      shares[index] = 1
    }
  }
}
