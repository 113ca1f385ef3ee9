// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// All that an alignment has to remember to go on exactly where it was, between two rounds.
///
/// What a round draws follows from the seed and the round's number, so there is no random state.
public struct AlignmentState: Sendable {
  /// What is counted and compared; small, kept as JSON.
  public struct Counters: Sendable, Hashable, Codable {
    /// The rounds that are over, or passes over preferences.
    public var rounds: [AlignmentRound] = []
    /// The passes over preferences that are over.
    public var passes = 0
    /// What a nat of divergence costs.
    public var weight: DivergenceWeight
    /// The rewards of prompts as they are, by their place in the data.
    public var plain: [Int: Double] = [:]
    /// Updates made.
    public var updates = 0
  }

  /// What is counted.
  public var counters: Counters
  /// The prompter's changes.
  private(set) var changes: ParameterTree
  private(set) var optimizer: AdamW
  /// The head that expects rewards, with PPO.
  private(set) var head: ValueHead?

  /// Creates the state of a beginning.
  /// - Throws: `TensorError`.
  init(
    from start: LowRankAdapter, model: DecoderModel, settings: AlignmentSettings
  ) throws {
    changes = start.parameters
    optimizer = AdamW(weightDecay: 0)
    head =
      settings.method == .ppo ? try ValueHead(hiddenSize: model.configuration.hiddenSize) : nil
    counters = Counters(
      weight: DivergenceWeight(
        value: settings.divergenceWeight, target: settings.divergenceTarget,
        horizon: Double(settings.prompts * settings.samples)))
  }

  init(counters: Counters, changes: ParameterTree, optimizer: AdamW, head: ValueHead?) {
    self.counters = counters
    self.changes = changes
    self.optimizer = optimizer
    self.head = head
  }

  /// Makes one update of the changes and the head.
  mutating func update(
    gradient: ParameterTree, scale: Double, learningRate: Double, valueLearningRate: Double
  ) throws {
    changes = try optimizer.update(
      changes, gradient: gradient.named(changes.names), scale: scale, learningRate: learningRate)
    if let names = head?.parameters.names {
      try head?.update(gradient: gradient.named(names), learningRate: valueLearningRate)
    }
    counters.updates += 1
    let trained = changes.values + optimizer.state.values
    try Tensor.evaluate(
      trained + (head.map { $0.parameters.values + $0.optimizer.state.values } ?? []))
  }
}
