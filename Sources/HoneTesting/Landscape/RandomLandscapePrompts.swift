// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers

/// Draws a landscape's prompts with equal chances: what the random baseline tries there.
public struct RandomLandscapePrompts: Proposer {
  /// Creates a proposer.
  public init() {}

  /// The name.
  public var name: String { "random-landscape-prompts" }
  /// It reads nothing.
  public var readsTrajectory: Bool { false }
  /// No model is called.
  public var callsPerProposal: Int { 0 }

  /// Draws prompts that were not there before.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    var chance = session.random("\(name):\(request.step)")
    var known = request.seen
    var proposals: [Proposal] = []
    for _ in 0..<(count * 50) where proposals.count < count {
      let text = Landscape.random(by: &chance).text
      guard known.insert(text).inserted else { continue }
      proposals.append(Proposal(source: name, move: name, text: text))
    }
    return proposals
  }
}
