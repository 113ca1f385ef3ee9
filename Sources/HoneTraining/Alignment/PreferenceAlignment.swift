// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama

/// Training of a prompter on preferences between rewrites, without drawing any.
///
/// Direct preference optimization (arXiv:2305.18290); with weights as in Sem-DPO (Anas Mohamed et al.,
/// arXiv:2507.20133) preferences whose chosen rewrite strays from the prompt count less.
public struct PreferenceAlignment: Sendable {
  /// How often the prompter itself tells what is preferred.
  public struct Measure: Sendable, Hashable {
    /// Preferences measured.
    public var count: Int
    /// Those in which the chosen rewrite gained more likelihood than the rejected one.
    public var right: Int
    /// The mean of the gains' differences, in nats.
    public var meanMargin: Double
  }

  private let data: [Row]
  private let heldOut: [Row]
  private let model: DecoderModel
  private let settings: AlignmentSettings

  private struct Row {
    var chosen: TokenSequence
    var rejected: TokenSequence
    var weight: Float
  }

  /// Creates a training.
  ///
  /// - Parameters:
  ///   - data: The preferences.
  ///   - weights: What each of those to learn from counts; 1 unless given.
  ///   - chat: How the prompter is asked.
  ///   - vocabulary: The model's tokens.
  ///   - model: The model.
  ///   - settings: `rounds` are passes over all preferences, and half of `batchSize` of them are in
  ///     an update; `divergenceWeight` is β.
  /// - Throws: ``TrainingError`` of kind `badSettings` or `badData`, or `ModelError`.
  public init(
    _ data: PreferenceData, weights: [Double]? = nil, chat: PrompterChat,
    vocabulary: ModelVocabulary, model: DecoderModel, settings: AlignmentSettings
  ) throws {
    try self.init(data, weights: weights, model: model, settings: settings) {
      try chat.sequence(of: $0, in: vocabulary)
    }
  }

  /// Creates a training in which a function tells the tokens of a rewrite.
  init(
    _ data: PreferenceData, weights: [Double]? = nil, model: DecoderModel,
    settings: AlignmentSettings, sequence: (PromptPair) throws -> TokenSequence
  ) throws {
    try settings.check()
    guard weights == nil || weights?.count == data.training.count else {
      throw TrainingError(
        .badData,
        "\(weights?.count ?? 0) weights were given for \(data.training.count) preferences.")
    }
    func row(_ preference: Preference, _ weight: Double) throws -> Row {
      Row(
        chosen: try sequence(
          PromptPair(prompt: preference.prompt, rewrite: preference.chosen)),
        rejected: try sequence(
          PromptPair(prompt: preference.prompt, rewrite: preference.rejected)),
        weight: Float(weight))
    }
    self.data = try data.training.enumerated().map { try row($1, weights?[$0] ?? 1) }
    heldOut = try data.heldOut.map { try row($0, 1) }
    self.model = model
    self.settings = settings
  }

  /// What preferences count when the chosen rewrite strays from the prompt: exp(−α · (1 − cosine)).
  public static func weights(likeness: [Double], strength: Double) -> [Double] {
    likeness.map { exp(-strength * (1 - min(1, max(-1, $0)))) }
  }

  /// Trains, and measures on the preferences set aside after every pass.
  ///
  /// - Parameters:
  ///   - start: The prompter to begin with, from which divergence is measured.
  ///   - state: Where to go on; the beginning unless given.
  ///   - save: Called after every pass.
  ///   - report: Called after every pass with its number and what was measured.
  /// - Returns: The prompter after the last pass.
  /// - Throws: ``TrainingError`` of kind `notFinite`, what `save` throws, `CancellationError` or
  ///   `TensorError`.
  public func run(
    from start: LowRankAdapter, state: AlignmentState? = nil,
    save: (AlignmentState) throws -> Void = { _ in }, report: (Int, Measure) -> Void
  ) throws -> LowRankAdapter {
    var settings = settings
    settings.method = .dpo
    var policy = AlignmentPolicy(
      model: model, reference: start, settings: settings,
      state: try state ?? AlignmentState(from: start, model: model, settings: settings))
    var pairs = try annotated(data, by: policy)
    let aside = try annotated(heldOut, by: policy)
    let size = max(1, settings.batchSize / 2)
    for round in 0..<settings.rounds {
      var generator = SeededGenerator(seed: settings.seed, stream: "preferences \(round)")
      // Each pass shuffles what the one before left, so those that are over are shuffled again.
      pairs = pairs.shuffled(by: &generator)
      if round < policy.state.counters.passes { continue }
      for first in stride(from: 0, to: pairs.count, by: size) {
        try Task.checkCancellation()
        let batch = pairs[first..<min(first + size, pairs.count)].flatMap { $0 }
        try policy.update(with: batch, divergenceWeight: settings.divergenceWeight)
      }
      var counters = policy.state.counters
      counters.passes = round + 1
      policy.end(counters)
      report(round + 1, try measure(aside.isEmpty ? pairs : aside, policy))
      try save(policy.state)
    }
    return policy.adapter
  }

  private func annotated(_ rows: [Row], by policy: AlignmentPolicy) throws -> [[Rollout]] {
    var rollouts = rows.enumerated().flatMap { index, row in
      [
        Rollout(prompt: index, sequence: row.chosen, reward: 1, weight: row.weight),
        Rollout(prompt: index, sequence: row.rejected, reward: 0, weight: row.weight),
      ]
    }
    try policy.annotate(&rollouts)
    return stride(from: 0, to: rollouts.count, by: 2).map { [rollouts[$0], rollouts[$0 + 1]] }
  }

  private func measure(_ pairs: [[Rollout]], _ policy: AlignmentPolicy) throws -> Measure {
    var rollouts = pairs.flatMap { $0 }
    try policy.annotate(&rollouts)
    let margins = stride(from: 0, to: rollouts.count, by: 2).map {
      rollouts[$0].divergence - rollouts[$0 + 1].divergence
    }
    return Measure(
      count: margins.count, right: margins.count { $0 > 0 },
      meanMargin: margins.reduce(0, +) / Double(max(1, margins.count)))
  }
}
