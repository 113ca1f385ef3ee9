// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A finished search's prompts as data for a prompter: the worst ones by dev score with the best ones.
///
/// Prompts of equal score make no pair, nor do those that were not scored on all of dev. Of a program
/// of several stages each stage's instructions are paired with that stage's.
public struct RunPairs: Sendable, Hashable {
  /// Pairs of a bad prompt and a good one.
  public let pairs: [PromptPair]
  /// Preferences between a good and a bad prompt that take the place of the starting one.
  public let preferences: [Preference]

  /// Takes the prompts of a run.
  /// - Parameters:
  ///   - record: The run.
  ///   - best: How many of the best prompts are good.
  ///   - worst: How many of the worst ones are bad.
  /// - Throws: ``TrainingError`` of kind `badData` when no two prompts differ in their score.
  public init(_ record: RunRecord, best: Int = 3, worst: Int = 5) throws(TrainingError) {
    let scores = Dictionary(
      record.dev.compactMap { evaluation in evaluation.score.map { (evaluation.candidate, $0) } },
      uniquingKeysWith: { $1 })
    let scored = record.candidates.compactMap { candidate in
      scores[candidate.id].map { (candidate: candidate, score: $0) }
    }
    // Of equals the older one comes first, so that the choice is the same each time.
    let sorted = scored.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }.map(\.element)
    var pairs: [PromptPair] = []
    var preferences: [Preference] = []
    var seenPairs: Set<PromptPair> = []
    var seenPreferences: Set<Preference> = []
    for bad in sorted.suffix(max(1, worst)).reversed() {
      for good in sorted.prefix(max(1, best)) where good.score > bad.score {
        for stage in good.candidate.prompts.keys.sorted() {
          guard let chosen = good.candidate.prompts[stage]?.instruction,
            let rejected = bad.candidate.prompts[stage]?.instruction,
            chosen != rejected, !Self.isBlank(chosen), !Self.isBlank(rejected)
          else { continue }
          let pair = PromptPair(prompt: rejected, rewrite: chosen)
          if seenPairs.insert(pair).inserted { pairs.append(pair) }
          guard let seed = record.candidates.first?.prompts[stage]?.instruction,
            !Self.isBlank(seed)
          else { continue }
          let preference = Preference(prompt: seed, chosen: chosen, rejected: rejected)
          if seenPreferences.insert(preference).inserted { preferences.append(preference) }
        }
      }
    }
    guard !pairs.isEmpty else {
      throw TrainingError(
        .badData,
        "The run \(record.id) has \(scored.count) prompts with a score on dev, and no two that differ"
          + " in text and score; let it search longer.")
    }
    self.pairs = pairs
    self.preferences = preferences
  }

  private static func isBlank(_ text: String) -> Bool {
    !text.contains { !$0.isWhitespace }
  }
}
