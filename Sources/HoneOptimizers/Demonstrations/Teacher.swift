// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A candidate that answers training rows; what it did on those it got right becomes demonstrations.
///
/// A row is never shown to the teacher as a demonstration of itself.
public struct Teacher: Sendable {
  /// The prompts.
  public var candidate: Candidate
  /// The rows it is shown as demonstrations; none keeps the candidate's own.
  public var shown: [RowDemonstrations]
  /// The least score of an answer that counts as right.
  public var passing: Double

  /// Creates a teacher.
  public init(_ candidate: Candidate, shown: [RowDemonstrations] = [], passing: Double = 1) {
    self.candidate = candidate
    self.shown = shown
    self.passing = passing
  }

  /// What the teacher did on the first `count` rows that it gets right, stage by stage.
  ///
  /// Rows are tried in batches of `2 × count`, at least 8, until there are enough. Cost in model calls:
  /// the rows tried × the calls an example takes; a row that was tried before is free.
  public func lessons(
    _ count: Int, from rows: [Example], in session: any OptimizationSession
  ) async throws -> [RowDemonstrations] {
    var found: [RowDemonstrations] = []
    let size = max(8, 2 * count)
    var rest = rows[...]
    while found.count < count, !rest.isEmpty {
      let batch = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      let evaluations = try await session.evaluate(
        batch.map { EvaluationRequest(prompts(for: $0, of: session.task.program), on: [$0]) })
      for (row, evaluation) in zip(batch, evaluations) {
        guard let result = evaluation.results.first,
          let learnt = lesson(row, result, in: session)
        else { continue }
        found.append(learnt)
      }
    }
    return Array(found.prefix(count))
  }

  /// The teacher's prompts for a row, without the row itself.
  private func prompts(for row: Example, of program: Program) -> Candidate {
    guard !shown.isEmpty else { return candidate }
    return candidate.child(
      showing: shown.filter { $0.row != row.id }, of: program, move: "teacher",
      step: candidate.lineage.step)
  }

  /// What the stages did on a row, where the answer is right.
  ///
  /// Of a stage called more than once it is, with equal chance, the last call or one of those before,
  /// so that sets show both how to go on and when to end.
  private func lesson(
    _ row: Example, _ result: ExampleResult, in session: any OptimizationSession
  ) -> RowDemonstrations? {
    guard case .scored(let score) = result.outcome, score.value >= passing else { return nil }
    let program = session.task.program
    var calls: [String: [Demonstration]] = [:]
    for trace in result.traces(of: row, in: program) {
      // What was let pass although it is not as wished is no model to follow.
      guard let stage = program[trace.stage], stage.retrieval == nil, !trace.endsUnmet,
        let item = trace.demonstration(for: stage)
      else { continue }
      calls[stage.name, default: []].append(item)
    }
    var stages: [String: Demonstration] = [:]
    for (stage, items) in calls {
      var chance = session.random("lesson \(row.id) \(stage)")
      let isLast = items.count == 1 || chance.nextUnit() < 0.5
      stages[stage] = isLast ? items.last : Array(items.dropLast()).drawn(by: &chance)
    }
    return stages.isEmpty ? nil : RowDemonstrations(row: row.id, stages: stages)
  }
}

extension StageTrace {
  /// Whether the last attempt did not meet a check that is only wished for.
  fileprivate var endsUnmet: Bool {
    if case .unmet = problems.last { true } else { false }
  }
}
