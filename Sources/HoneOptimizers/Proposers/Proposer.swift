// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Where new prompts come from.
///
/// An implementer returns at most `count` proposals, draws all chance from the session, and returns a
/// failed proposal where its model failed, so that the search goes on. Guards judge what it returns.
public protocol Proposer: Sendable {
  /// The name, which the lineage of its candidates begins with.
  var name: String { get }

  /// Whether it reads ``ProposalRequest/excerpt``; where not, no embeddings are paid for.
  var readsTrajectory: Bool { get }

  /// The most calls of the optimizer model for one proposal.
  var callsPerProposal: Int { get }

  /// The most calls, over all roles, of proposing `count` instructions from one prompt.
  ///
  /// ``callsPerProposal`` times `count` unless a proposer says otherwise, such as one that tries the
  /// prompt on training rows first.
  func mostCalls(proposing count: Int, facts: TaskFacts) -> Int

  /// Proposes new instructions.
  func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal]
}

extension Proposer {
  /// ``callsPerProposal`` times `count`.
  public func mostCalls(proposing count: Int, facts: TaskFacts) -> Int {
    count * callsPerProposal
  }
}

/// What a proposer is told.
public struct ProposalRequest: Sendable {
  /// The step, from 1.
  public var step: Int
  /// All that was tried.
  public var trajectory: Trajectory
  /// The prompt the step starts from.
  public var current: ScoredCandidate
  /// What is told of the current prompt.
  public var facts: CurrentPromptFacts
  /// What is shown of the trajectory.
  public var excerpt: TrajectoryExcerpt
  /// The rows shown.
  public var examples: FormatExamples
  /// How a new prompt comes from the current one.
  public var refinement: any Refinement
  /// The most words that may change; nil for no limit.
  public var stepSize: Int?
  /// The most words of a prompt.
  public var maxWords: Int
  /// The instructions that were there before.
  public var seen: Set<String>
  /// Which of the prompts a step starts from this one is, from 0.
  public var parent: Int

  /// Creates a request.
  public init(
    step: Int, trajectory: Trajectory, current: ScoredCandidate, facts: CurrentPromptFacts,
    excerpt: TrajectoryExcerpt, examples: FormatExamples, refinement: any Refinement,
    stepSize: Int?, maxWords: Int, seen: Set<String>, parent: Int = 0
  ) {
    self.step = step
    self.trajectory = trajectory
    self.current = current
    self.facts = facts
    self.excerpt = excerpt
    self.examples = examples
    self.refinement = refinement
    self.stepSize = stepSize
    self.maxWords = maxWords
    self.seen = seen
    self.parent = parent
  }
}

extension ProposalRequest {
  /// The name of a proposer's stream of chance, another for each prompt of a beam.
  public func stream(_ proposer: String) -> String {
    parent == 0 ? "\(proposer):\(step)" : "\(proposer):\(step):\(parent)"
  }
}

/// A new instruction, or why there is none.
public struct Proposal: Sendable, Hashable {
  /// The proposer's name.
  public var source: String
  /// The move that made it, the source's name first.
  public var move: String
  /// The instruction; empty when there is none.
  public var text: String
  /// Why there is none.
  public var failure: RejectionReason?
  /// The ids of candidates it was made from besides the current one.
  public var otherParents: [String]

  /// Creates a proposal.
  public init(
    source: String, move: String, text: String, failure: RejectionReason? = nil,
    otherParents: [String] = []
  ) {
    self.source = source
    self.move = move
    self.text = text
    self.failure = failure
    self.otherParents = otherParents
  }
}
