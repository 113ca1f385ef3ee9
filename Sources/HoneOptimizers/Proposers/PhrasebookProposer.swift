// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Puts instructions together from a grammar's components and learns which ones help.
///
/// The grammar holds roles, task sentences, questions, lists of options, cautions, answer formats and
/// cues that lead into the answer, with blanks that the task's description, field names and labels
/// fill. A step draws many instructions: changes of the current prompt (add, drop, swap, reorder or
/// reword a component), and unless the refinement is `edit` also of the best prompts so far, and new
/// ones. All stay within the step size of the current prompt. Of these it proposes those that are
/// best under draws of the components' effects, learnt from the scores it reads; see
/// `ComponentEffects`. No model is called. A sentence that is not from the grammar is kept or dropped
/// as it stands.
public struct PhrasebookProposer: Proposer {
  /// How many instructions are drawn for a step.
  public var pool: Int
  /// Which scores it learns from.
  public var reads: Reading

  /// Which scores a phrasebook learns from.
  public enum Reading: String, Sendable, Hashable, CaseIterable {
    /// Those of all prompts tried so far.
    case all
    /// Those of the current prompt and of the prompts that the trajectory shows, as a model would.
    case trajectory
    /// None: instructions are drawn by the grammar's shares alone.
    case nothing
  }

  /// Creates a proposer.
  public init(pool: Int = 400, reads: Reading = .all) {
    self.pool = pool
    self.reads = reads
  }

  /// The name.
  public var name: String { "phrasebook" }
  /// Whether it learns from the excerpt.
  public var readsTrajectory: Bool { reads == .trajectory }
  /// No model is called.
  public var callsPerProposal: Int { 0 }

  /// Proposes the best instructions under draws of the components' effects.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    let grammar = Grammar(TaskVocabulary(task: session.task), maxWords: request.maxWords)
    var chance = session.random(request.stream(name))
    let known = known(of: request)
    let drafts = FormPool(
      request: request, known: known, grammar: grammar, name: name, startsAnew: reads == .nothing
    ).drafts(reads == .nothing ? count : pool, by: &chance)
    guard reads != .nothing else { return drafts.map(\.proposal) }
    let features = drafts.map { FormFeatures($0.form) }
    let effects = effects(
      on: features, after: known, base: request.trajectory.evaluated.first?.score ?? 0,
      grammar: grammar, rows: session.dev.count)
    var taken: Set<Int> = []
    for _ in 0..<min(count, drafts.count) {
      let predicted = effects.draw(by: &chance)
      let free = predicted.indices.filter { !taken.contains($0) }
      guard let choice = free.max(by: { predicted[$0] < predicted[$1] }) else { break }
      taken.insert(choice)
    }
    return taken.sorted().map { drafts[$0].proposal }
  }

  /// The scored prompts it may know of.
  private func known(of request: ProposalRequest) -> [ScoredCandidate] {
    switch reads {
    case .all: return request.trajectory.evaluated
    case .trajectory:
      let shown = request.excerpt.entries
      return shown.contains(request.current) ? shown : shown + [request.current]
    case .nothing: return []
    }
  }

  private func effects(
    on forms: [FormFeatures], after evaluated: [ScoredCandidate], base: Double, grammar: Grammar,
    rows: Int
  ) -> ComponentEffects {
    // A share of n rows varies by at most 1/4n; the rest is what a sum of effects cannot say.
    let noise = 0.25 / Double(max(rows, 1)) + 0.04 * 0.04
    return ComponentEffects(
      observed: evaluated.map { FormFeatures(InstructionForm($0.instruction, grammar: grammar)) },
      scores: evaluated.map(\.score), base: base, noise: noise,
      judging: forms, prior: EffectPrior(grammar.words))
  }
}
