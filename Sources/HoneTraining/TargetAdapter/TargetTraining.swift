// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneMLX

/// Training of what a prompter learns for one target model, on kept states.
public struct TargetTraining: Sendable {
  /// How it goes.
  public struct Settings: Sendable, Hashable, Codable {
    /// How often every target token is seen.
    public var epochs: Int
    /// Target tokens in an update.
    public var rows: Int
    /// The highest learning rate; it falls along a cosine.
    public var learningRate: Double
    /// Epochs without a lower loss on texts set aside, after which it ends; 0 for never.
    public var patience: Int
    /// What the order is drawn from.
    public var seed: UInt64

    /// Creates settings.
    public init(
      epochs: Int = 5, rows: Int = 256, learningRate: Double = 1e-4, patience: Int = 2,
      seed: UInt64 = 0
    ) {
      self.epochs = epochs
      self.rows = rows
      self.learningRate = learningRate
      self.patience = patience
      self.seed = seed
    }
  }

  /// How it went.
  public struct Result: Sendable {
    /// The adapter with the lowest loss on texts set aside; the last one without such texts.
    public var adapter: TargetAdapter
    /// The loss before the first update, on texts set aside, else on those trained on.
    public var startingLoss: Double
    /// The lowest loss on the same texts.
    public var bestLoss: Double
    /// Updates made.
    public var steps: Int
  }

  private let training: KeptStates
  private let validation: KeptStates?
  private let settings: Settings

  /// Creates a training.
  /// - Throws: ``TrainingError`` of kind `badSettings`.
  public init(
    training: KeptStates, validation: KeptStates?, settings: Settings
  ) throws(TrainingError) {
    guard settings.epochs >= 1, settings.rows >= 1, settings.learningRate > 0,
      settings.learningRate < 10, settings.patience >= 0
    else {
      throw TrainingError(
        .badSettings,
        "Epochs and rows must be at least 1, the learning rate positive and below 10,"
          + " patience not negative; given were \(settings).")
    }
    self.training = training
    self.validation = validation
    self.settings = settings
  }

  /// Trains an adapter, ending early when nothing gets better.
  ///
  /// - Parameters:
  ///   - start: The adapter to begin with.
  ///   - report: Called after every epoch with its number, the mean loss of its updates and the loss
  ///     on texts set aside.
  /// - Returns: The best adapter and how it went.
  /// - Throws: ``TrainingError`` of kind `notFinite`, `CancellationError`, or `TensorError`.
  public func run(
    from start: TargetAdapter, report: (Int, Double, Double) -> Void = { _, _, _ in }
  ) throws -> Result {
    let startingLoss = try measure(start)
    var best = (adapter: start, loss: startingLoss)
    var adapter = start
    var optimizer = AdamW(weightDecay: 0)
    var withoutGain = 0
    let count = training.targets.count
    let perEpoch = (count + settings.rows - 1) / settings.rows
    let schedule = LearningRate(
      peak: settings.learningRate, decay: .cosine, totalSteps: perEpoch * settings.epochs)
    for epoch in 0..<settings.epochs {
      var generator = SeededGenerator(seed: settings.seed, stream: "rows \(epoch)")
      let order = (0..<Int32(count)).map { $0 }.shuffled(by: &generator)
      var total = 0.0
      for start in stride(from: 0, to: count, by: settings.rows) {
        try Task.checkCancellation()
        let part = try training.part(Array(order[start..<min(start + settings.rows, count)]))
        total += try update(
          &adapter, &optimizer, with: part, rate: schedule.rate(at: optimizer.step))
      }
      let loss = try measure(adapter)
      report(epoch + 1, total / Double(perEpoch), loss)
      if loss < best.loss {
        best = (adapter, loss)
        withoutGain = 0
      } else {
        withoutGain += 1
        if settings.patience > 0, withoutGain >= settings.patience { break }
      }
    }
    return Result(
      adapter: best.adapter, startingLoss: startingLoss, bestLoss: best.loss, steps: optimizer.step)
  }

  private func update(
    _ adapter: inout TargetAdapter, _ optimizer: inout AdamW, with part: KeptStates, rate: Double
  ) throws -> Double {
    let before = adapter
    let step = try before.parameters.valueAndGradient { tree in
      try before.replacing(tree).logits(of: part.states)
        .crossEntropy(targets: part.targets).reduced(.mean)
    }
    let moved = try optimizer.update(
      before.parameters, gradient: step.gradient, learningRate: rate)
    try Tensor.evaluate([step.value] + moved.values + optimizer.state.values)
    let loss = Double(try step.value.number())
    guard loss.isFinite else {
      throw TrainingError(
        .notFinite,
        "At update \(optimizer.step) the loss became \(loss); lower the learning rate"
          + " (\(settings.learningRate)).")
    }
    adapter = try before.replacing(moved)
    return loss
  }

  /// The mean loss on texts set aside, else on those trained on.
  private func measure(_ adapter: TargetAdapter) throws -> Double {
    let measured = validation ?? training
    var total = 0.0
    for start in stride(from: 0, to: measured.targets.count, by: 512) {
      let end = min(start + 512, measured.targets.count)
      let part = try measured.part((Int32(start)..<Int32(end)).map { $0 })
      total += Double(
        try adapter.logits(of: part.states).crossEntropy(targets: part.targets).reduced(.sum)
          .number())
    }
    return total / Double(max(1, measured.targets.count))
  }
}
