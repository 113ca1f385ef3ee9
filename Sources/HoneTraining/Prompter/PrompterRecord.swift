// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What is known of a prompter: the model it changes, how it is asked, and how it was trained.
public struct PrompterRecord: Sendable, Hashable, Codable {
  /// The name of the model that it changes.
  public var model: String
  /// How it is asked for a rewrite.
  public var chat: PrompterChat
  /// How it was trained.
  public var settings: FineTuningSettings
  /// Texts trained on.
  public var trainingTexts: Int
  /// Texts set aside.
  public var validationTexts: Int
  /// The loss on texts set aside before training, in nats a token.
  public var startingLoss: Double?
  /// The lowest loss on them.
  public var bestLoss: Double?
  /// Updates made.
  public var steps: Int

  /// Creates a record.
  public init(
    model: String, chat: PrompterChat, settings: FineTuningSettings, trainingTexts: Int,
    validationTexts: Int, startingLoss: Double?, bestLoss: Double?, steps: Int
  ) {
    self.model = model
    self.chat = chat
    self.settings = settings
    self.trainingTexts = trainingTexts
    self.validationTexts = validationTexts
    self.startingLoss = startingLoss
    self.bestLoss = bestLoss
    self.steps = steps
  }
}
