// SPDX-License-Identifier: Apache-2.0

/// Where a training stands, told after every update and every measurement.
public struct TrainingProgress: Sendable, Hashable, Codable {
  /// Updates made.
  public var step: Int
  /// Updates that the whole training makes at most.
  public var totalSteps: Int
  /// The epoch, counted from 1.
  public var epoch: Int
  /// The mean loss of the last update's tokens, in nats a token.
  public var loss: Double
  /// The norm of the last gradient, before it was limited.
  public var gradientNorm: Double
  /// The rate of the last update.
  public var learningRate: Double
  /// Tokens trained on since this sitting began.
  public var tokens: Int
  /// The last loss on validation texts, or nil before the first.
  public var validationLoss: Double?
  /// The lowest loss on validation texts so far.
  public var bestValidationLoss: Double?
}

/// How a training ended.
public struct TrainingResult: Sendable {
  /// The adapter with the lowest loss on validation texts; the last one without such texts.
  public var adapter: LowRankAdapter
  /// Where it stood at the end.
  public var progress: TrainingProgress
  /// The loss on validation texts before the first update.
  public var startingLoss: Double?
  /// Whether it ended before its last update, as nothing got better.
  public var endedEarly: Bool
}
