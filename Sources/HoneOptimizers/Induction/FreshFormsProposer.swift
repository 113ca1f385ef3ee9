// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Draws instructions anew from the phrasebook's grammar: an induction without a model.
///
/// What was tried before is not looked at, but for leaving out what was there. No model is called.
public struct FreshFormsProposer: Proposer {
  /// Creates it.
  public init() {}

  /// The phrasebook's name, as its proposals are of the same kind.
  public var name: String { "phrasebook" }
  /// It reads nothing.
  public var readsTrajectory: Bool { false }
  /// No model is called.
  public var callsPerProposal: Int { 0 }

  /// Draws different instructions; fewer than `count` when the grammar has no more.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    let source = FormSource(
      grammar: Grammar(TaskVocabulary(task: session.task), maxWords: request.maxWords))
    let guards: [any ProposalGuard] = [
      NotEmpty(), NoDuplicates(), LengthLimit(words: request.maxWords), PlaceholdersKept(),
    ]
    var context = GuardContext(parent: request.current.instruction, seen: request.seen)
    var chance = session.random("fresh forms:\(request.step)")
    var proposals: [Proposal] = []
    for _ in 0..<(count * 40) where proposals.count < count {
      let text = source.fresh(by: &chance).text
      guard guards.problem(with: text, in: context) == nil else { continue }
      context.seen.insert(text)
      proposals.append(Proposal(source: name, move: "\(name): new", text: text))
    }
    return proposals
  }
}
