// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What is known of a reward model: the model it reads with, and how well it tells what is preferred.
public struct RewardModelRecord: Sendable, Hashable, Codable {
  /// The name of the language model.
  public var model: String
  /// How it was trained.
  public var settings: RewardTraining.Settings
  /// Preferences learnt from.
  public var trainingCount: Int
  /// Preferences set aside.
  public var heldOutCount: Int
  /// Of those set aside, how many it told right.
  public var heldOutRight: Int

  /// Creates a record.
  public init(
    model: String, settings: RewardTraining.Settings, trainingCount: Int, heldOutCount: Int,
    heldOutRight: Int
  ) {
    self.model = model
    self.settings = settings
    self.trainingCount = trainingCount
    self.heldOutCount = heldOutCount
    self.heldOutRight = heldOutRight
  }

  /// The share told right of those set aside, with Wilson's interval.
  public var accuracy: EstimatedMean {
    EstimatedMean.wilson(successes: heldOutRight, of: heldOutCount)
  }
}
