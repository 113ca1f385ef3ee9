// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// One proposer in the first step, another in all later ones.
public struct StagedProposer: Proposer {
  /// The proposer of the first step.
  public var first: any Proposer
  /// The proposer of the later steps.
  public var later: any Proposer

  /// Creates a proposer of two stages.
  public init(first: any Proposer, later: any Proposer) {
    self.first = first
    self.later = later
  }

  /// Both names.
  public var name: String { "\(first.name), then \(later.name)" }
  /// Whether either reads the trajectory.
  public var readsTrajectory: Bool { first.readsTrajectory || later.readsTrajectory }
  /// The dearer one's.
  public var callsPerProposal: Int { max(first.callsPerProposal, later.callsPerProposal) }

  /// The dearer one's.
  public func mostCalls(proposing count: Int, facts: TaskFacts) -> Int {
    max(
      first.mostCalls(proposing: count, facts: facts),
      later.mostCalls(proposing: count, facts: facts))
  }

  /// Asks the stage's proposer.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    try await (request.step <= 1 ? first : later).propose(count, for: request, in: session)
  }
}
