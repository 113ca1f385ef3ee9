// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A world in which the true score of every prompt is known.
///
/// A prompt of ``LandscapePrompt`` scores a base, plus what each of its words is worth, plus what each
/// two neighbouring words are worth together; the last makes some words good only beside others, so
/// that improving one word at a time can get stuck. All of it is drawn from the seed. Any other text
/// scores ``floor``. On a row a prompt is right with the probability of its true score; see
/// ``isRight(_:row:)`` for how much of that chance the prompts share.
public struct Landscape: Sendable, Hashable {
  /// The seed that everything is drawn from.
  public let seed: UInt64
  /// The share of a row's chance that is drawn anew for each prompt, in 0…1.
  ///
  /// With 0 a row is hard or easy for all prompts alike and a better prompt is never worse on a row;
  /// with 1 the scores of two prompts on the same rows are independent.
  public let noise: Double
  /// What each word is worth, by place and choice.
  let values: [[Double]]
  /// What two neighbouring words are worth together, by the first's place, choice, and the second's.
  let pairs: [[[Double]]]

  /// The score of a text that is not of the grammar.
  public static let floor = 0.1

  /// Draws a landscape.
  public init(seed: UInt64, noise: Double = 0.5) {
    self.seed = seed
    self.noise = min(max(0, noise), 1)
    var chance = SeededGenerator(seed: seed, stream: "landscape")
    let places = LandscapePrompt.places
    let weights = places.map { _ in 0.5 + chance.nextUnit() }
    let total = weights.reduce(0, +)
    values = zip(places, weights).map { words, weight in
      let ranks = words.indices.map { Double($0) / Double(words.count - 1) }
      return ranks.shuffled(by: &chance).map { 0.6 * weight / total * $0 }
    }
    pairs = places.indices.dropLast().map { place in
      places[place].map { _ in
        places[place + 1].map { _ in (chance.nextUnit() - 0.5) * 0.6 / Double(places.count) }
      }
    }
  }

  /// The true score of an instruction, in 0…1.
  public func trueScore(of text: String) -> Double {
    LandscapePrompt(text).map(trueScore) ?? Self.floor
  }

  /// The true score of a prompt, in 0…1.
  public func trueScore(of prompt: LandscapePrompt) -> Double {
    let choices = prompt.choices
    var score = 0.2
    for (place, choice) in choices.enumerated() { score += values[place][choice] }
    for place in pairs.indices { score += pairs[place][choices[place]][choices[place + 1]] }
    return min(max(0, score), 1)
  }

  /// Whether the simulated task model answers a row right; the same each time it is asked.
  public func isRight(_ instruction: String, row: String) -> Bool {
    isRight(score: trueScore(of: instruction), key: StableHash.of(instruction), row: row)
  }

  func isRight(score: Double, key: UInt64, row: String) -> Bool {
    let place = StableHash.of(row)
    var shared = SeededGenerator(seed: seed &+ place, stream: "row")
    var own = SeededGenerator(seed: seed &+ place &+ key &* 31, stream: "row and prompt")
    let draw = own.nextUnit() < noise ? own.nextUnit() : shared.nextUnit()
    return draw < score
  }
}
