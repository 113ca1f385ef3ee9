// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension StepwiseSearch {
  /// Steps an epoch: ⌊rows ÷ batch⌋, one more when at least half a batch is left; at least one.
  public func stepsPerEpoch(train: Int) -> Int {
    let rest = train % batch
    return max(1, train / batch + (rest * 2 >= batch && rest > 0 ? 1 : 0))
  }

  /// The steps that the epochs make, or the rounds where they are set.
  public func steps(train: Int) -> Int {
    rounds ?? epochs * stepsPerEpoch(train: train)
  }

  /// The most calls of one step, over all roles.
  public func callsPerStep(for facts: TaskFacts) -> Int {
    let parents = min(nextPrompt.width, candidates)
    let proposing = shares(parents: parents).reduce(0) {
      $0 + proposer.mostCalls(proposing: $1, facts: facts)
    }
    let looking =
      parents * information.mostCalls(batch: batch, facts: facts)
      + trajectory.mostCalls(parents: parents, candidates: candidates)
    return scoringCalls(for: facts) + proposing + looking
  }

  /// What the selection takes and what completes the best on all of dev; never more than scoring all.
  private func scoringCalls(for facts: TaskFacts) -> Int {
    let one = facts.dev * facts.callsPerExample
    let finalists = min(nextPrompt.width, candidates) * one
    return min(
      candidates * one, selection.mostCalls(candidates: candidates, facts: facts) + finalists)
  }

  /// The seed's evaluation and one step at least, all steps at most; one more vector is embedded
  /// than there are steps.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let seed = facts.dev * facts.callsPerExample
    let step = callsPerStep(for: facts)
    return SearchCost(
      minimum: seed + step, maximum: seed + 1 + steps(train: facts.train) * step)
  }

  /// The steps planned for a run: those of the epochs, or as many whole steps as the calls allow.
  ///
  /// The schedule of step sizes runs over the planned steps, so that a small budget sees all of it.
  ///
  /// `callsPerPrompt` are calls of a candidate beside those of its examples.
  public func plannedSteps(for facts: TaskFacts, calls: Int?, callsPerPrompt: Int = 0) -> Int {
    let all = steps(train: facts.train)
    guard let calls else { return all }
    let afterSeed = calls - facts.dev * facts.callsPerExample - callsPerPrompt - 1
    let step = callsPerStep(for: facts) + candidates * callsPerPrompt
    return min(all, max(1, afterSeed / max(1, step)))
  }
}

extension TaskFacts {
  /// The facts of a session's task, with the calls of an example that needs no reply twice: a search
  /// that turns out to need more ends earlier, at the budget.
  init(of session: any OptimizationSession) {
    let task = session.task
    let finalTurn = task.answer.finalTurn && task.answer.source == .generation ? 1 : 0
    self.init(
      train: session.train.count, dev: session.dev.count,
      callsPerExample: task.program.usualCalls + finalTurn + task.metric.judgements,
      stages: task.program.askedStages.count)
  }
}

extension PromptTask {
  /// Calls of a candidate beside those of its examples: one for content-free calibration.
  var callsPerPrompt: Int {
    guard case .likelihood(let choice) = answer.source else { return 0 }
    return choice.calibration == .contentFree ? 1 : 0
  }
}

extension MetricConfiguration {
  /// Judge calls an example.
  fileprivate var judgements: Int {
    switch self {
    case .judge: 1
    case .weighted(let parts): parts.reduce(0) { $0 + $1.metric.judgements }
    default: 0
    }
  }
}
