// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Preferences to learn from and preferences set aside, no prompt on both sides.
public struct PreferenceData: Sendable, Hashable {
  /// Those to learn from.
  public var training: [Preference]
  /// Those set aside.
  public var heldOut: [Preference]

  /// Sets a share of the prompts aside.
  /// - Parameters:
  ///   - preferences: All of them.
  ///   - share: The share of prompts set aside, 0…0.5.
  ///   - seed: What the choice is drawn from.
  /// - Throws: ``TrainingError`` of kind `badData` when too few prompts are left, or `badSettings`.
  public init(_ preferences: [Preference], share: Double, seed: UInt64) throws(TrainingError) {
    guard (0...0.5).contains(share) else {
      throw TrainingError(.badSettings, "The share set aside is \(share), required is 0…0.5.")
    }
    var seen: Set<String> = []
    let prompts = preferences.map(\.prompt).filter { seen.insert($0).inserted }
    var generator = SeededGenerator(seed: seed, stream: "held out")
    let count = share == 0 ? 0 : max(1, Int((Double(prompts.count) * share).rounded()))
    guard prompts.count >= count + 2 else {
      throw TrainingError(
        .badData,
        "\(prompts.count) prompts have preferences; with \(count) set aside at least \(count + 2)"
          + " are needed.")
    }
    let aside = Set(prompts.shuffled(by: &generator).prefix(count))
    training = preferences.filter { !aside.contains($0.prompt) }
    heldOut = preferences.filter { aside.contains($0.prompt) }
  }
}
