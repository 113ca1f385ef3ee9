// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// The prompter as it is trained by reward: low-rank changes and, for PPO, a head that expects rewards.
struct AlignmentPolicy {
  let model: DecoderModel
  /// The prompter that training began with.
  let reference: LowRankAdapter
  let settings: AlignmentSettings
  /// What is trained, as it is now.
  private(set) var state: AlignmentState

  init(
    model: DecoderModel, reference: LowRankAdapter, settings: AlignmentSettings,
    state: AlignmentState
  ) {
    self.model = model
    self.reference = reference
    self.settings = settings
    self.state = state
  }

  /// The prompter's changes as they are now.
  var adapter: LowRankAdapter { reference.replacing(state.changes) }

  private var parameters: ParameterTree {
    guard let head = state.head else { return state.changes }
    return state.changes.merging(head.parameters)
  }

  /// What the model says of rewrites' tokens: log-probabilities and expected rewards, `[tokens]`.
  private func read(
    _ batch: TokenBatch, _ tree: ParameterTree
  ) throws -> (logs: Tensor, values: Tensor) {
    let changes = reference.replacing(tree.named(state.changes.names))
    let states = try model.hiddenStates(of: batch, adapter: changes)
    let rows = try model.normalized(states.taking(batch.places))
    let logs = try model.logits(of: rows).crossEntropy(targets: batch.targets).mapped(.negative)
    return (logs, try ValueHead.values(of: rows, by: tree) ?? logs)
  }

  /// Notes what the model says of rewrites now, and what it said at the beginning.
  func annotate(_ rollouts: inout [Rollout]) throws {
    for start in stride(from: 0, to: rollouts.count, by: settings.batchSize) {
      try Task.checkCancellation()
      let range = start..<min(start + settings.batchSize, rollouts.count)
      let batch = TokenBatch(rollouts[range].map(\.sequence))
      let (logs, values) = try read(batch, parameters)
      let before = try model.logProbabilities(of: batch, adapter: reference)
      try Tensor.evaluate([logs, values, before])
      var parts = (try logs.floats()[...], try values.floats()[...], try before.floats()[...])
      for index in range {
        let count = rollouts[index].sequence.targetCount
        rollouts[index].then = Array(parts.0.prefix(count))
        rollouts[index].values = Array(parts.1.prefix(count))
        rollouts[index].reference = Array(parts.2.prefix(count))
        parts = (parts.0.dropFirst(count), parts.1.dropFirst(count), parts.2.dropFirst(count))
      }
    }
  }

  /// Makes one update from rewrites; with DPO they come as pairs, the better one first.
  ///
  /// No update is made when those before it have moved the prompter further than a round may.
  /// - Returns: How far they moved it on these rewrites, in nats a token, and whether this one was made.
  @discardableResult
  mutating func update(
    with rollouts: [Rollout], divergenceWeight: Double
  ) throws -> (moved: Double, isMade: Bool) {
    let batch = TokenBatch(rollouts.map(\.sequence))
    let policy = self
    let step = try parameters.valueAndGradient(others: 1) { tree in
      let (logs, values) = try policy.read(batch, tree)
      return [
        try policy.loss(rollouts, logs, values, divergenceWeight),
        try PolicyLoss.moved(now: logs, then: rollouts.flatMap(\.then)),
      ]
    }
    let slopes = step.gradient.named(state.changes.names)
    let size = try slopes.norm()
    try Tensor.evaluate([step.value, size] + step.others)
    let (loss, norm) = (Double(try step.value.number()), Double(try size.number()))
    let moved = Double(try step.others.first?.number() ?? 0)
    guard loss.isFinite, norm.isFinite else {
      throw TrainingError(
        .notFinite,
        "The loss became \(loss) and the gradient's norm \(norm); lower the learning"
          + " rate (\(settings.learningRate)).")
    }
    // DPO learns from what was drawn once, wherever it has moved to.
    if settings.method != .dpo, !(moved <= settings.largestMove) { return (moved, false) }
    let limited = norm > settings.largestNorm ? settings.largestNorm / norm : 1
    try state.update(
      gradient: step.gradient, scale: limited, learningRate: settings.learningRate,
      valueLearningRate: settings.valueLearningRate)
    return (moved, true)
  }

  /// Notes that a round is over.
  mutating func end(_ counters: AlignmentState.Counters) { state.counters = counters }

  private func loss(
    _ rollouts: [Rollout], _ logs: Tensor, _ values: Tensor, _ divergenceWeight: Double
  ) throws -> Tensor {
    switch settings.method {
    case .dpo: try preferenceLoss(rollouts, logs, divergenceWeight)
    case .ppo: try clippedLoss(rollouts, logs) + valueLoss(rollouts, values)
    case .grpo:
      try clippedLoss(rollouts, logs)
        + PolicyLoss.divergence(now: logs, reference: rollouts.flatMap(\.reference))
        * Float(divergenceWeight)
    }
  }

  private func clippedLoss(_ rollouts: [Rollout], _ logs: Tensor) throws -> Tensor {
    try PolicyLoss.clipped(
      now: logs, then: rollouts.flatMap(\.then), advantages: rollouts.flatMap(\.advantages),
      clip: Float(settings.clip))
  }

  private func valueLoss(_ rollouts: [Rollout], _ values: Tensor) throws -> Tensor {
    let returns = rollouts.flatMap(\.returns)
    let errors = try values - Tensor(returns, shape: [returns.count])
    return try errors.mapped(.square).reduced(.mean) * 0.5
  }

  private func preferenceLoss(
    _ rollouts: [Rollout], _ logs: Tensor, _ strength: Double
  ) throws -> Tensor {
    // Each text's tokens are summed by a product with ones where they are its own.
    let tokens = rollouts.reduce(0) { $0 + $1.sequence.targetCount }
    var own = [Float](repeating: 0, count: rollouts.count * tokens)
    var place = 0
    for (row, rollout) in rollouts.enumerated() {
      for _ in 0..<rollout.sequence.targetCount {
        own[row * tokens + place] = 1
        place += 1
      }
    }
    let sums = try Tensor(own, shape: [rollouts.count, tokens])
      .product(with: logs.reshaped([tokens, 1])).reshaped([rollouts.count])
    let references = rollouts.map { $0.reference.reduce(0, +) }
    let better = (0..<Int32(rollouts.count / 2)).map { 2 * $0 }
    let worse = better.map { $0 + 1 }
    return try PolicyLoss.preference(
      better: sums.taking(better), worse: sums.taking(worse),
      referenceBetter: better.map { references[Int($0)] },
      referenceWorse: worse.map { references[Int($0)] }, strength: Float(strength),
      weights: better.map { rollouts[Int($0)].weight })
  }
}
