// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A proposer that makes no more than so many proposals from one prompt.
///
/// A search shares a step's candidates among the prompts of its beam. While these are few, as in the
/// first step, the limit keeps one prompt from having them all.
public struct LimitedProposer: Proposer {
  /// The proposer.
  public var base: any Proposer
  /// The most proposals from one prompt in one step.
  public var most: Int

  /// Creates a limit.
  public init(_ base: any Proposer, most: Int) {
    self.base = base
    self.most = most
  }

  /// The proposer's name.
  public var name: String { base.name }
  /// Whether the proposer reads the trajectory.
  public var readsTrajectory: Bool { base.readsTrajectory }
  /// The proposer's.
  public var callsPerProposal: Int { base.callsPerProposal }

  /// The proposer's, for no more than ``most``.
  public func mostCalls(proposing count: Int, facts: TaskFacts) -> Int {
    base.mostCalls(proposing: min(count, most), facts: facts)
  }

  /// Asks for no more than ``most``.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    try await base.propose(min(count, most), for: request, in: session)
  }
}
