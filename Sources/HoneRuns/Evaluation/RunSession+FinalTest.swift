// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// Keeping back what the final test takes, so that the end of a run is always paid for.
extension RunSession {
  /// Keeps back the seed's final test and, until a longer prompt comes, as much for the best one.
  func keepBackFinalTest(seed: FinalTestCost) {
    state.withLock { state in
      state.finalTestOfBest = seed.estimate
      state.ledger.finalTest = seed.estimate + seed.estimate
    }
  }

  /// Raises what is kept back when a candidate's prompt is longer than those before.
  func keepBackFinalTest(of candidates: [Candidate]) {
    let counts = task.budget.tokens != nil || task.budget.dollars != nil
    guard counts || candidates.contains(where: \.choosesDemonstrations), let cost = finalTestCost
    else { return }
    state.withLock { state in
      guard !state.isFinal else { return }
      for candidate in candidates where state.estimated.insert(candidate.id).inserted {
        let estimate = cost.estimate(for: candidate)
        let best = state.finalTestOfBest
        guard estimate.tokens > best.tokens || estimate.calls > best.calls else { continue }
        if estimate.tokens > best.tokens { state.finalTestOfBest = estimate }
        state.finalTestOfBest.calls = max(best.calls, estimate.calls)
        state.ledger.finalTest = cost.estimate + state.finalTestOfBest
      }
    }
  }

  /// Gives back what was kept, for the final test itself.
  func beginFinalTest() {
    state.withLock { state in
      state.isFinal = true
      state.ledger.finalTest = CallEstimate()
    }
  }
}

/// What one candidate's final test takes at most.
struct FinalTestCost: Sendable {
  /// The seed's.
  let estimate: CallEstimate
  private let seed: Candidate
  private let rows: Int
  private let callsPerRow: Int
  private let callsPerPrompt: Int

  /// Works out the seed's test from the test rows' inputs, without their answers.
  init(_ task: PromptTask, inputs: [Example], prices: [ModelRole: TokenPrice]) throws {
    let price = prices[.task]
    seed = Candidate(seedOf: task.program)
    rows = inputs.count
    callsPerRow = task.callsPerExample
    callsPerPrompt = task.callsPerPrompt
    var sum = CallEstimate()
    for input in inputs {
      let trial = Trial(seed, input)
      for stage in task.program.askedStages {
        // What other stages or the program's own control flow will give is not known yet.
        var fields = trial.fields
        let unknown =
          task.program.stages.flatMap(\.outputs) + (stage.call == nil ? [] : stage.inputs)
        for name in unknown { fields[name] = fields[name] ?? "" }
        let prompt = try trial.input(for: stage, fields: fields)
        sum =
          sum
          + CallEstimate(
            input: prompt, completionTokens: stage.call?.maxTokens ?? task.generation.maxTokens,
            price: price)
      }
    }
    let stages = Double(max(1, task.program.stages.count))
    // A final turn reads the first one again; a judge reads about as much, at its own price.
    let extra = Double(task.callsPerExample) / stages
    let judged = prices[.judge].map { judge in
      let usage = Usage(promptTokens: sum.promptTokens, completionTokens: sum.completionTokens)
      return judge.dollars(for: usage) * Double(task.metric.judges) / stages
    }
    sum.promptTokens = Int((Double(sum.promptTokens) * extra).rounded(.up))
    sum.completionTokens = Int((Double(sum.completionTokens) * extra).rounded(.up))
    sum.dollars *= extra - Double(task.metric.judges) / stages
    sum.dollars += judged ?? 0
    sum.calls = inputs.count * task.callsPerExample + (inputs.isEmpty ? 0 : task.callsPerPrompt)
    estimate = sum
  }

  /// A candidate's, from the seed's and how much longer its prompts are.
  func estimate(for candidate: Candidate) -> CallEstimate {
    let longer = max(0, Self.tokens(candidate) - Self.tokens(seed)) * rows * callsPerRow
    var result = estimate
    result.promptTokens += longer
    // Each row's vector; those of the demonstrations are known by then.
    if candidate.choosesDemonstrations { result.calls += rows * (1 + callsPerPrompt) }
    if estimate.tokens > 0 {
      result.dollars *= Double(result.tokens) / Double(estimate.tokens)
    }
    return result
  }

  private static func tokens(_ candidate: Candidate) -> Int {
    candidate.prompts.values.reduce(0) { sum, prompt in
      let sizes = prompt.demonstrations.map { item in
        item.answer.utf8.count + item.fields.values.reduce(0) { $0 + $1.utf8.count }
      }
      // Of those to choose among, the longest may be shown.
      let most = prompt.nearest?.count ?? sizes.count
      let shown = sizes.sorted(by: >).prefix(max(0, most)).reduce(0, +)
      return sum + (prompt.instruction.utf8.count + (prompt.system ?? "").utf8.count + shown) / 2
    }
  }
}

extension PromptTask {
  /// Calls of one evaluation of one example over all roles.
  var callsPerExample: Int {
    let turns = answer.finalTurn && answer.source == .generation ? 1 : 0
    return program.callsPerExample + turns + metric.judges
  }

  /// Calls of one prompt beside those of its examples: the one of content-free calibration.
  var callsPerPrompt: Int {
    if case .likelihood(let choice) = answer.source, choice.calibration == .contentFree {
      1
    } else {
      0
    }
  }
}

extension MetricConfiguration {
  /// How many judges are asked about each response.
  var judges: Int {
    switch self {
    case .judge: 1
    case .weighted(let parts): parts.reduce(0) { $0 + $1.metric.judges }
    default: 0
    }
  }
}
