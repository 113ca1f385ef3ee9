// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Lets an optimizer of one instruction work on a program, one stage after the other.
///
/// Each stage is searched from the best program so far with an equal share of what is left, the other
/// stages staying as they are. Cost in model calls: the optimizer's for each stage.
public struct StageByStage: Optimizer {
  /// The optimizer of one instruction.
  public var base: any Optimizer
  /// The stages to work on, in this order.
  public var stages: [String]

  /// Creates the optimizer.
  public init(_ base: any Optimizer, stages: [String]) {
    self.base = base
    self.stages = stages
  }

  /// The optimizer's name.
  public var name: String { base.name }

  /// One stage's least; all stages' most.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let one = base.cost(of: facts)
    return SearchCost(minimum: one.minimum, maximum: max(1, stages.count) * one.maximum)
  }

  /// Searches stage after stage and returns the best program by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    var result = SearchResult(
      best: Candidate(seedOf: session.task.program), devScore: nil, seedDevScore: nil,
      end: .finished)
    var steps = 0
    for (index, name) in stages.enumerated() {
      guard let stage = session.task.program[name] else { continue }
      let base = result.best
      let part = await NestedSession(
        session, task: session.task.task(ofStage: stage, in: base), stream: name,
        share: 1 / Double(stages.count - index), offset: steps
      ) { found in
        found.prompts[name].map { base.child(instruction: $0.instruction, stage: name, of: found) }
          ?? base
      }
      try await session.record(
        .note("Now the stage \(name) is searched, the others staying as they are."))
      let found = try await self.base.optimize(in: part)
      steps = part.steps
      if index == 0 { result.seedDevScore = found.seedDevScore }
      if found.best.lineage != .seed {
        result.best = part.whole(of: found.best)
      }
      result.devScore = found.devScore ?? result.devScore
      result.end = found.end
      result.isConfirmed = result.isConfirmed || found.isConfirmed
      if found.end == .perfect { break }
    }
    return result
  }
}

extension Candidate {
  /// The candidate with another instruction for a stage and the lineage of the one it comes from.
  fileprivate func child(
    instruction: String, stage: String, of found: Candidate
  ) -> Candidate {
    var prompts = prompts
    prompts[stage] = prompts[stage]?.withInstruction(instruction)
    return Candidate(prompts: prompts, lineage: found.lineage)
  }
}
