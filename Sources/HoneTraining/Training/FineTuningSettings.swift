// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// How a prompter is fine-tuned.
public struct FineTuningSettings: Sendable, Hashable, Codable {
  /// The changes that are trained.
  public var lowRank: LowRankSettings
  /// How often every text is seen.
  public var epochs: Int
  /// Texts in a batch.
  public var batchSize: Int
  /// Batches whose gradients make one update.
  public var accumulation: Int
  /// The highest learning rate.
  public var learningRate: Double
  /// The share of all updates over which the rate rises.
  public var warmUpShare: Double
  /// How the rate goes on.
  public var decay: LearningRate.Decay
  /// The share of a weight that an update takes away, times the rate.
  public var weightDecay: Double
  /// The largest norm of a gradient.
  public var largestNorm: Double
  /// Updates between two measurements on validation texts; 0 for one an epoch.
  public var measureEvery: Int
  /// Measurements without a better one after which training ends; 0 to never end early.
  public var patience: Int
  /// Whether blocks are computed twice to save memory.
  public var recomputes: Bool
  /// What everything is drawn from.
  public var seed: UInt64

  /// Creates settings.
  public init(
    lowRank: LowRankSettings = LowRankSettings(), epochs: Int = 3, batchSize: Int = 4,
    accumulation: Int = 1, learningRate: Double = 2e-4, warmUpShare: Double = 0.03,
    decay: LearningRate.Decay = .cosine, weightDecay: Double = 0, largestNorm: Double = 1,
    measureEvery: Int = 0, patience: Int = 3, recomputes: Bool = false, seed: UInt64 = 0
  ) {
    self.lowRank = lowRank
    self.epochs = epochs
    self.batchSize = batchSize
    self.accumulation = accumulation
    self.learningRate = learningRate
    self.warmUpShare = warmUpShare
    self.decay = decay
    self.weightDecay = weightDecay
    self.largestNorm = largestNorm
    self.measureEvery = measureEvery
    self.patience = patience
    self.recomputes = recomputes
    self.seed = seed
  }

  /// Checks every number.
  /// - Throws: ``TrainingError`` of kind `badSettings` that names each one out of its range.
  public func check() throws(TrainingError) {
    var problems: [String] = []
    func require(_ holds: Bool, _ words: String) {
      if !holds { problems.append(words) }
    }
    require(epochs >= 1 && epochs <= 10_000, "epochs are \(epochs), required is 1…10000")
    require(
      batchSize >= 1 && batchSize <= 4096, "the batch size is \(batchSize), required is 1…4096")
    require(accumulation >= 1, "accumulation is \(accumulation), required is at least 1")
    require(
      learningRate > 0 && learningRate < 10,
      "the learning rate is \(learningRate), required is a"
        + " positive number below 10")
    require((0...1).contains(warmUpShare), "the warm-up is \(warmUpShare), required is 0…1")
    require((0...1).contains(weightDecay), "the weight decay is \(weightDecay), required is 0…1")
    require(largestNorm > 0, "the largest norm is \(largestNorm), required is more than 0")
    require(
      measureEvery >= 0 && patience >= 0,
      "steps between measurements and patience may not be"
        + " negative")
    guard problems.isEmpty else {
      throw TrainingError(.badSettings, problems.joined(separator: "; ") + ".")
    }
  }
}
