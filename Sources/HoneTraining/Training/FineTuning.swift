// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// Supervised fine-tuning of low-rank changes, with the loss on what is to be written only.
///
/// The same data, settings and seed give the same prompter, also when the training was interrupted
/// and goes on from a saved state.
public struct FineTuning: Sendable {
  private let model: DecoderModel
  private let data: TrainingData
  private let settings: FineTuningSettings

  /// Creates a training.
  /// - Throws: ``TrainingError`` of kind `badSettings` or `badData`.
  public init(
    _ model: DecoderModel, data: TrainingData, settings: FineTuningSettings
  ) throws(TrainingError) {
    try settings.check()
    guard !data.training.isEmpty, data.training.allSatisfy({ $0.targetCount > 0 }) else {
      throw TrainingError(.badData, "Every text to train on needs something to be written.")
    }
    self.model = model
    self.data = data
    self.settings = settings
  }

  private var batchesPerEpoch: Int {
    (data.training.count + settings.batchSize - 1) / settings.batchSize
  }

  private var stepsPerEpoch: Int {
    (batchesPerEpoch + settings.accumulation - 1) / settings.accumulation
  }

  /// The updates that the whole training makes at most.
  public var totalSteps: Int { stepsPerEpoch * settings.epochs }

  /// The state before the first update.
  public func beginning() throws -> TrainingState {
    TrainingState(
      adapter: try LowRankAdapter(settings.lowRank, for: model, seed: settings.seed),
      optimizer: AdamW(weightDecay: settings.weightDecay))
  }

  /// Trains until the last update, until nothing gets better, or until the task is cancelled.
  ///
  /// - Parameters:
  ///   - state: Where to begin; what ``beginning()`` gives, or a saved state.
  ///   - save: Called after every measurement and when the task was cancelled.
  ///   - report: Called after every update and measurement.
  /// - Returns: The best adapter and how it went.
  /// - Throws: ``TrainingError`` of kind `notFinite` when the loss is no number any more, what `save`
  ///   throws, and `CancellationError`.
  public func run(
    from state: TrainingState, save: (TrainingState) throws -> Void,
    report: (TrainingProgress) -> Void
  ) throws -> TrainingResult {
    var state = state
    var tokens = 0
    if state.counters.startingLoss == nil, !data.validation.isEmpty {
      let loss = try measure(state.adapter)
      state.counters.startingLoss = loss
      state.counters.bestLoss = loss
    }
    while state.counters.epoch < settings.epochs, !isExhausted(state.counters) {
      let batches = TokenBatch.batches(
        of: data.training, size: settings.batchSize, seed: settings.seed,
        epoch: state.counters.epoch)
      while state.counters.batch < batches.count, !isExhausted(state.counters) {
        if Task.isCancelled {
          try save(state)
          throw CancellationError()
        }
        let group = batches.dropFirst(state.counters.batch).prefix(settings.accumulation)
        let progress = try update(&state, with: Array(group), tokens: &tokens)
        report(progress)
        let endsEpoch = state.counters.batch >= batches.count
        if isMeasured(step: state.counters.step, endsEpoch: endsEpoch) {
          try measureAndKeep(&state)
          report(self.progress(of: state.counters, like: progress))
          if !endsEpoch { try save(state) }
        }
      }
      if state.counters.batch >= batches.count {
        state.counters.epoch += 1
        state.counters.batch = 0
        try save(state)
      }
    }
    return result(of: state, tokens: tokens)
  }

  private func isExhausted(_ counters: TrainingState.Counters) -> Bool {
    settings.patience > 0 && counters.withoutGain >= settings.patience
  }

  private func isMeasured(step: Int, endsEpoch: Bool) -> Bool {
    guard !data.validation.isEmpty else { return false }
    return settings.measureEvery > 0 ? step % settings.measureEvery == 0 : endsEpoch
  }

  // MARK: Updates

  private func update(
    _ state: inout TrainingState, with batches: [TokenBatch], tokens: inout Int
  ) throws -> TrainingProgress {
    let targets = batches.reduce(0) { $0 + $1.targets.count }
    var gradient: ParameterTree?
    var loss = 0.0
    for batch in batches {
      let adapter = state.adapter
      let part = try adapter.parameters.valueAndGradient { tree in
        try model.loss(
          of: batch, adapter: adapter.replacing(tree), recomputes: settings.recomputes
        ) / Float(max(1, targets))
      }
      let sum = try gradient?.adding(part.gradient) ?? part.gradient
      try Tensor.evaluate([part.value] + sum.values)
      gradient = sum
      loss += Double(try part.value.number())
      tokens += batch.tokenCount
    }
    guard let gradient else { return progress(of: state.counters, like: nil) }
    let norm = Double(try gradient.norm().number())
    guard loss.isFinite, norm.isFinite else {
      throw TrainingError(
        .notFinite,
        "At update \(state.counters.step + 1) the loss became \(loss) and the gradient's"
          + " norm \(norm). The last checkpoint is whole; lower the learning rate"
          + " (\(settings.learningRate)) and begin again.")
    }
    let rate = schedule.rate(at: state.counters.step)
    let limited = norm > settings.largestNorm ? settings.largestNorm / norm : 1
    let moved = try state.optimizer.update(
      state.adapter.parameters, gradient: gradient, scale: limited, learningRate: rate)
    try Tensor.evaluate(moved.values + state.optimizer.state.values)
    state.adapter = state.adapter.replacing(moved)
    state.counters.step += 1
    state.counters.batch += batches.count
    state.counters.loss = loss
    var progress = progress(of: state.counters, like: nil)
    progress.gradientNorm = norm
    progress.learningRate = rate
    progress.tokens = tokens
    return progress
  }

  private var schedule: LearningRate {
    LearningRate(
      peak: settings.learningRate,
      warmUpSteps: Int((settings.warmUpShare * Double(totalSteps)).rounded()),
      decay: settings.decay, totalSteps: totalSteps)
  }

  // MARK: Measurements

  private func measure(_ adapter: LowRankAdapter) throws -> Double {
    try model.meanLoss(of: data.validation, batchSize: settings.batchSize, adapter: adapter)
  }

  private func measureAndKeep(_ state: inout TrainingState) throws {
    let loss = try measure(state.adapter)
    state.counters.validationLoss = loss
    if loss < state.counters.bestLoss ?? .infinity {
      state.counters.bestLoss = loss
      state.counters.withoutGain = 0
      state.best = state.adapter
    } else {
      state.counters.withoutGain += 1
    }
  }

  // MARK: Telling

  private func progress(
    of counters: TrainingState.Counters, like last: TrainingProgress?
  ) -> TrainingProgress {
    TrainingProgress(
      step: counters.step, totalSteps: totalSteps, epoch: min(counters.epoch + 1, settings.epochs),
      loss: counters.loss, gradientNorm: last?.gradientNorm ?? 0,
      learningRate: last?.learningRate ?? 0, tokens: last?.tokens ?? 0,
      validationLoss: counters.validationLoss, bestValidationLoss: counters.bestLoss)
  }

  private func result(of state: TrainingState, tokens: Int) -> TrainingResult {
    var progress = progress(of: state.counters, like: nil)
    progress.tokens = tokens
    return TrainingResult(
      adapter: data.validation.isEmpty ? state.adapter : state.best, progress: progress,
      startingLoss: state.counters.startingLoss,
      endedEarly: state.counters.step < totalSteps)
  }
}
