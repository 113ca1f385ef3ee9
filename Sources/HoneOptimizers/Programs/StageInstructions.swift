// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Asks a proposer for instructions of one stage of a program, or of an ordinary task.
struct StageInstructions: Sendable {
  /// Who writes.
  var choice: ProposerChoice
  /// The most words of an instruction.
  var maxWords: Int

  /// New instructions for a stage that pass the guards, at most `count`; those turned down are recorded.
  ///
  /// `scored` are candidates with their scores, the one to start from last; `lessons` are what the stage
  /// did on rows that came out right, which are shown in place of rows where there are any.
  func propose(
    _ count: Int, for stage: Stage, from scored: [ScoredCandidate], step: Int,
    lessons: [Demonstration] = [], in session: any OptimizationSession
  ) async throws -> [Proposal] {
    guard count > 0, let current = scored.last else { return [] }
    let program = session.task.program
    let proposer = choice.proposer(for: session.task)
    let task =
      program.stages.count > 1 || program.isTyped
      ? session.task.task(
        ofStage: stage, in: current.candidate, showsRows: lessons.isEmpty) : session.task
    let part = await NestedSession(
      session, task: task, stream: stage.name, share: 1, offset: 0
    ) { $0 }
    let parts = scored.map { entry in
      let prompts = entry.candidate.prompts.filter { $0.key == stage.name }
      return ScoredCandidate(
        Candidate(prompts: prompts, lineage: entry.candidate.lineage), score: entry.score)
    }
    guard let own = parts.last, let first = parts.first else { return [] }
    var trajectory = Trajectory(seed: first)
    for entry in parts.dropFirst() { trajectory.append(evaluated: entry) }
    let seen = Set(parts.map(\.instruction))
    var chance = session.random("shown rows \(stage.name) \(step)")
    let rows = Array(session.train.shuffled(by: &chance).prefix(3))
    let prompt = task.program.stages.first?.prompt
    let shown =
      lessons.isEmpty
      ? rows.map {
        FormatExamples.Shown(
          input: RowText.input(of: $0, prompt), answer: $0.references.first ?? "")
      } : lessons.prefix(3).map { Self.shown($0, of: stage) }
    let request = ProposalRequest(
      step: step, trajectory: trajectory, current: own,
      facts: CurrentPromptFacts(instruction: own.instruction, score: own.score),
      excerpt: TrajectoryExcerpt(),
      examples: FormatExamples(shown: shown, position: FormatExamples.none.position),
      refinement: .generate, stepSize: nil, maxWords: maxWords, seen: seen)
    let proposals = try await proposer.propose(count, for: request, in: part)
    return try await sift(proposals, seen: seen, parent: own.instruction, step, session)
  }

  /// What a stage read and wrote, field by field.
  private static func shown(_ lesson: Demonstration, of stage: Stage) -> FormatExamples.Shown {
    let lines = stage.inputs.compactMap { name in lesson.fields[name].map { "\(name): \($0)" } }
    return FormatExamples.Shown(input: lines.joined(separator: "\n"), answer: lesson.answer)
  }

  /// Those that pass the guards; the others are recorded with the reason.
  func sift(
    _ proposals: [Proposal], seen: Set<String>, parent: String, _ step: Int,
    _ session: any OptimizationSession
  ) async throws -> [Proposal] {
    let guards: [any ProposalGuard] = [
      NotEmpty(), NoDuplicates(), PlaceholdersKept(), LengthLimit(words: maxWords), NoCopiedRows(),
    ]
    var seen = seen
    var kept: [Proposal] = []
    for proposal in proposals {
      let context = GuardContext(parent: parent, seen: seen, train: session.train)
      if let reason = proposal.failure ?? guards.problem(with: proposal.text, in: context) {
        try await session.record(
          .rejected(text: proposal.text, reason: reason, move: proposal.move, step: step))
        continue
      }
      seen.insert(proposal.text)
      kept.append(proposal)
    }
    return kept
  }
}
