// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The instructions a step of the phrasebook may propose.
struct FormPool: Sendable {
  /// An instruction and how it was made.
  struct Draft: Sendable {
    var form: InstructionForm
    var proposal: Proposal
  }

  /// A prompt to change, and its components.
  private struct Start {
    var entry: ScoredCandidate
    var form: InstructionForm
  }

  let request: ProposalRequest
  /// The scored prompts that may be changed beside the current one.
  let known: [ScoredCandidate]
  let grammar: Grammar
  let name: String
  /// Whether no known prompt is changed.
  var startsAnew = false

  /// Draws distinct instructions within the step size, at most `count`.
  func drafts(_ count: Int, by chance: inout SeededGenerator) -> [Draft] {
    let source = FormSource(grammar: grammar)
    let starts = starts()
    var drafts: [Draft] = []
    var known = request.seen
    for _ in 0..<(count * 4) where drafts.count < count {
      let draft =
        if startsAnew || !request.refinement.keepsCurrent && chance.nextUnit() < 0.3 {
          new(from: source, &chance)
        } else {
          change(of: starts, source, &chance)
        }
      guard let draft, isAllowed(draft.proposal.text) else { continue }
      if known.insert(draft.proposal.text).inserted { drafts.append(draft) }
    }
    return drafts
  }

  /// The prompts to change: the current one, and unless it must be kept the three best so far.
  private func starts() -> [Start] {
    let current = start(request.current)
    guard !request.refinement.keepsCurrent else { return [current] }
    let ranked = known.enumerated().sorted {
      ($0.element.score, $1.offset) > ($1.element.score, $0.offset)
    }
    let best = ranked.prefix(3).map(\.element).filter { $0 != request.current }
    return [current] + best.map(start)
  }

  private func start(_ entry: ScoredCandidate) -> Start {
    Start(entry: entry, form: InstructionForm(entry.instruction, grammar: grammar))
  }

  private func new(from source: FormSource, _ chance: inout SeededGenerator) -> Draft? {
    let form = source.fresh(by: &chance)
    guard !form.pieces.isEmpty else { return nil }
    return Draft(
      form: form, proposal: Proposal(source: name, move: "\(name): new", text: form.text))
  }

  private func change(
    of starts: [Start], _ source: FormSource, _ chance: inout SeededGenerator
  ) -> Draft? {
    guard let start = starts.drawn(by: &chance),
      let changed = source.changed(start.form, by: &chance)
    else { return nil }
    let others = start.entry == request.current ? [] : [start.entry.candidate.id]
    return Draft(
      form: changed.form,
      proposal: Proposal(
        source: name, move: "\(name): \(changed.moves)", text: changed.form.text,
        otherParents: others))
  }

  private func isAllowed(_ text: String) -> Bool {
    let guards: [any ProposalGuard] = [
      NotEmpty(), LengthLimit(words: request.maxWords), StepSizeLimit(), PlaceholdersKept(),
    ]
    let context = GuardContext(parent: request.current.instruction, stepSize: request.stepSize)
    return guards.problem(with: text, in: context) == nil
  }
}
