// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneMLX

/// Training of a reward model on preferences.
///
/// Ralph Bradley and Milton Terry, Rank analysis of incomplete block designs, 1952: the loss is
/// −log sigmoid(reward of the chosen − reward of the rejected). First a head is fitted to the states of
/// the model as it is, which are computed once; with a rank, low-rank changes and the head then go on
/// together from there.
public struct RewardTraining: Sendable {
  /// How it goes.
  public struct Settings: Sendable, Hashable, Codable {
    /// The rank of the changes to the model; 0 for a head alone.
    public var rank: Int
    /// How often every preference is seen by changes; the head alone is fitted until it stands.
    public var epochs: Int
    /// Preferences in an update of changes.
    public var batchSize: Int
    /// The learning rate of changes.
    public var learningRate: Double
    /// The pull of the head's weights to zero, in units of their features' deviation.
    public var pull: Double
    /// What everything is drawn from.
    public var seed: UInt64

    /// Creates settings.
    public init(
      rank: Int = 0, epochs: Int = 2, batchSize: Int = 4, learningRate: Double = 1e-4,
      pull: Double = 0.01, seed: UInt64 = 0
    ) {
      self.rank = rank
      self.epochs = epochs
      self.batchSize = batchSize
      self.learningRate = learningRate
      self.pull = pull
      self.seed = seed
    }
  }

  /// A preference as tokens.
  public struct Row: Sendable, Hashable {
    /// The preferred text.
    public var chosen: TokenSequence
    /// The other one.
    public var rejected: TokenSequence

    /// Creates a row.
    public init(chosen: TokenSequence, rejected: TokenSequence) {
      self.chosen = chosen
      self.rejected = rejected
    }
  }

  private let model: DecoderModel
  private let settings: Settings
  private static let headSteps = 300

  /// Creates a training.
  /// - Throws: ``TrainingError`` of kind `badSettings`.
  public init(_ model: DecoderModel, settings: Settings) throws(TrainingError) {
    guard settings.rank >= 0, settings.epochs >= 1, settings.batchSize >= 1,
      settings.learningRate > 0, settings.learningRate < 10, settings.pull >= 0
    else {
      throw TrainingError(
        .badSettings,
        "The rank and the pull may not be negative, epochs and batches must be at least 1, the"
          + " learning rate positive and below 10; given were \(settings).")
    }
    self.model = model
    self.settings = settings
  }

  /// Trains.
  ///
  /// - Parameters:
  ///   - rows: The preferences to learn from.
  ///   - report: Called with words after every part.
  /// - Returns: The reward model.
  /// - Throws: ``TrainingError`` of kind `badData` or `notFinite`, `CancellationError`, `TensorError`.
  public func run(on rows: [Row], report: (String) -> Void = { _ in }) throws -> RewardModel {
    guard rows.count >= 2 else {
      throw TrainingError(.badData, "\(rows.count) preferences were given, at least 2 are needed.")
    }
    let texts = rows.map(\.chosen) + rows.map(\.rejected)
    let states = try RewardModel.states(
      of: texts, model: model, adapter: nil, batchSize: settings.batchSize * 2)
    report("\(texts.count) states are computed.")
    let head = try fittedHead(states, pairs: rows.count)
    var adapter: LowRankAdapter?
    var trained = head
    if settings.rank > 0 {
      (adapter, trained) = try changed(head, rows, report)
    }
    let plain = try RewardModel(model: model, adapter: adapter, head: trained)
    let rewards =
      adapter == nil
      ? try states.product(with: trained.transposed()).floats().map(Double.init)
      : try plain.rewards(of: texts, batchSize: settings.batchSize * 2)
    let mean = rewards.reduce(0, +) / Double(rewards.count)
    let variance =
      rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rewards.count)
    guard mean.isFinite, variance.isFinite else {
      throw TrainingError(
        .notFinite, "The rewards became no numbers; lower the learning rate.")
    }
    return try RewardModel(
      model: model, adapter: adapter, head: trained, center: mean,
      spread: variance > 0 ? variance.squareRoot() : 1)
  }

  /// A head fitted to kept states, `[2 · pairs, hiddenSize]`, the chosen first.
  private func fittedHead(_ states: Tensor, pairs: Int) throws -> Tensor {
    let count = Int32(pairs)
    let differences =
      try states.taking((0..<count).map { $0 })
      - states.taking((count..<(2 * count)).map { $0 })
    // Features are brought to one scale for the fit, and the scale goes into the head afterwards.
    let scale = try (differences.mapped(.square).reduced(.mean, axis: 0) + 1e-6)
      .mapped(.squareRoot)
    let features = try differences / scale
    let size = model.configuration.hiddenSize
    let pull = Float(settings.pull)
    var tree = ParameterTree([
      RewardModel.headName: try Tensor(filledWith: 0, shape: [1, size])
    ])
    var optimizer = AdamW(weightDecay: 0)
    let schedule = LearningRate(peak: 0.02, decay: .cosine, totalSteps: Self.headSteps)
    for _ in 0..<Self.headSteps {
      try Task.checkCancellation()
      let step = try tree.valueAndGradient { tree in
        guard let head = tree[RewardModel.headName] else { return try Tensor(0) }
        return try Self.loss(features.product(with: head.transposed()), pairs)
          + head.mapped(.square).reduced(.sum) * pull
      }
      tree = try optimizer.update(
        tree, gradient: step.gradient, learningRate: schedule.rate(at: optimizer.step))
      try Tensor.evaluate(tree.values + optimizer.state.values)
    }
    guard let head = tree[RewardModel.headName] else {
      throw TrainingError(.missingTensor, "The head of rewards was lost.")
    }
    return try head / scale
  }

  /// Changes of the model and the head, trained together.
  private func changed(
    _ head: Tensor, _ rows: [Row], _ report: (String) -> Void
  ) throws -> (LowRankAdapter?, Tensor) {
    let start = try LowRankAdapter(
      LowRankSettings(rank: settings.rank, alpha: Double(2 * settings.rank)), for: model,
      seed: settings.seed)
    var tree = start.parameters.merging(ParameterTree([RewardModel.headName: head]))
    func adapter(_ tree: ParameterTree) -> LowRankAdapter {
      var tensors: [String: Tensor] = [:]
      for name in start.parameters.names { tensors[name] = tree[name] }
      return start.replacing(ParameterTree(tensors))
    }
    var optimizer = AdamW(weightDecay: 0)
    let perEpoch = (rows.count + settings.batchSize - 1) / settings.batchSize
    let schedule = LearningRate(
      peak: settings.learningRate, decay: .cosine, totalSteps: perEpoch * settings.epochs)
    for epoch in 0..<settings.epochs {
      var generator = SeededGenerator(seed: settings.seed, stream: "preferences \(epoch)")
      let order = rows.shuffled(by: &generator)
      var total = 0.0
      for first in stride(from: 0, to: order.count, by: settings.batchSize) {
        try Task.checkCancellation()
        let part = order[first..<min(first + settings.batchSize, order.count)]
        let model = model
        let step = try tree.valueAndGradient { tree in
          let states = try RewardModel.lastStates(
            of: part.map(\.chosen) + part.map(\.rejected), model: model, adapter: adapter(tree))
          let count = Int32(part.count)
          let differences =
            try states.taking((0..<count).map { $0 })
            - states.taking((count..<(2 * count)).map { $0 })
          guard let head = tree[RewardModel.headName] else { return try Tensor(0) }
          return try Self.loss(differences.product(with: head.transposed()), part.count)
        }
        let loss = Double(try step.value.number())
        guard loss.isFinite else {
          throw TrainingError(
            .notFinite,
            "The loss became \(loss); lower the learning rate (\(settings.learningRate)).")
        }
        total += loss
        tree = try optimizer.update(
          tree, gradient: step.gradient.clipped(toNorm: 1),
          learningRate: schedule.rate(at: optimizer.step))
        try Tensor.evaluate(tree.values + optimizer.state.values)
      }
      let mean = (total / Double(perEpoch) * 1000).rounded() / 1000
      report("epoch \(epoch + 1) of \(settings.epochs): loss \(mean)")
    }
    return (adapter(tree), tree[RewardModel.headName] ?? head)
  }

  /// The mean of −log sigmoid of margins `[pairs, 1]`.
  private static func loss(_ margins: Tensor, _ pairs: Int) throws -> Tensor {
    let row = try (margins * -1).reshaped([1, pairs])
    let nothing = try Tensor(filledWith: 0, shape: [1, pairs])
    return try Tensor.joined([nothing, row], axis: 0).reduced(.logSumExp, axis: 0).reduced(.mean)
  }
}
