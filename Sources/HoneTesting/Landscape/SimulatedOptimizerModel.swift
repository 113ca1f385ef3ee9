// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A model that improves a landscape's prompts as well as its quality says.
///
/// It knows nothing of who asks. In the request it finds the prompts of the grammar with the scores
/// told of them, the limit on changed words, and words that a criticism has named as weak. What it
/// writes depends on what it is asked for:
///
/// - A prompt, between tags. It starts from the current one when it is to change that, else from one of
///   those shown: the one with the best score with the probability of its quality, any of them
///   otherwise. It gives some places other words, those named as weak first, as many as it draws up to
///   the limit. With the probability of its quality a word is taken only when it is truly better,
///   otherwise whatever it is.
/// - A prompt in other words: it changes one word or two, whatever they become.
/// - A summary: it repeats one of the prompts shown, the best with the probability of its quality.
/// - Anything else about a prompt: it names a weak word, the truly weakest with the probability of its
///   quality.
///
/// Quality 0 changes words at random and starts anywhere; quality 1 never makes a prompt worse.
public struct SimulatedOptimizerModel: LanguageModel {
  /// The world it writes for.
  public let landscape: Landscape
  /// How good it is, in 0…1.
  public let quality: Double

  /// Creates a model of a quality.
  public init(_ landscape: Landscape, quality: Double) {
    self.landscape = landscape
    self.quality = min(max(0, quality), 1)
  }

  /// The same for the same landscape and quality.
  public var identity: ModelIdentity {
    ModelIdentity(
      name: "simulated-optimizer",
      digest: "simulated-\(landscape.seed)-\(landscape.noise)-\(quality)")
  }

  /// Answers each request in order.
  public func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    BatchStream { continuation in
      for (index, request) in requests.enumerated() {
        let generation = Generation(
          text: reply(to: request), finish: .endOfTurn, usage: Usage(completionTokens: 1))
        continuation.yield(BatchElement(index: index, result: .success(generation)))
      }
      continuation.finish()
    }
  }

  /// What it writes: a prompt between the tags that are asked for, or a criticism.
  public func reply(to request: GenerationRequest) -> String {
    let text = request.promptText
    var chance = SeededGenerator(
      seed: StableHash.of(text) ^ request.seed, stream: "sample \(request.sampleIndex)")
    let shown = LandscapePrompt.all(in: text)
    let tag = "new_prompt>"
    guard text.contains("<" + tag) || shown.isEmpty else {
      return text.contains("summary")
        ? summary(of: shown, by: &chance) : criticism(of: Self.current(in: text), by: &chance)
    }
    var prompt = base(among: shown, in: text, by: &chance)
    if text.contains("in other words") {
      change(&prompt, by: &chance, limit: 2, care: 0)
    } else {
      change(
        &prompt, by: &chance, hints: Self.hints(in: text), limit: Self.limit(in: text),
        care: quality)
    }
    return "<\(tag)\(prompt.text)</\(tag)"
  }

  private func base(
    among shown: [LandscapePrompt.Shown], in text: String, by chance: inout SeededGenerator
  ) -> LandscapePrompt {
    guard let current = Self.current(in: text) else { return Landscape.random(by: &chance) }
    let keeps = ["change the current prompt", "in other words"].contains { text.contains($0) }
    if keeps || shown.count == 1 { return current }
    return chosen(among: shown, by: &chance)?.prompt ?? current
  }

  /// The prompt with the best score, the last of equals, or any of them.
  private func chosen(
    among shown: [LandscapePrompt.Shown], by chance: inout SeededGenerator
  ) -> LandscapePrompt.Shown? {
    guard chance.nextUnit() < quality else { return shown.drawn(by: &chance) }
    let scored = shown.filter { $0.score != nil }
    return scored.reduce(scored.first) { best, other in
      (other.score ?? 0) >= (best?.score ?? 0) ? other : best
    } ?? shown.last
  }

  private func change(
    _ prompt: inout LandscapePrompt, by chance: inout SeededGenerator, hints: Set<String> = [],
    limit: Int?, care: Double
  ) {
    let places = Array(prompt.choices.indices).shuffled(by: &chance)
    let words = prompt.words
    let named = places.filter { hints.contains(words[$0]) }
    let ordered = named + places.filter { !named.contains($0) }
    let count = 1 + chance.nextIndex(below: min(limit ?? places.count, places.count))
    for place in ordered.prefix(count) {
      var other = prompt
      other.choices[place] = chance.nextIndex(below: LandscapePrompt.places[place].count)
      let isCareful = chance.nextUnit() < care
      if !isCareful || landscape.trueScore(of: other) > landscape.trueScore(of: prompt) {
        prompt = other
      }
    }
  }

  private func summary(
    of shown: [LandscapePrompt.Shown], by chance: inout SeededGenerator
  ) -> String {
    guard let told = chosen(among: shown, by: &chance) else { return "" }
    let score = told.score.map { "\nScore: \($0)" } ?? ""
    return "Prompt: \(told.prompt.text)\(score)"
  }

  private func criticism(
    of prompt: LandscapePrompt?, by chance: inout SeededGenerator
  ) -> String {
    guard let prompt else { return "" }
    let losses = landscape.losses(of: prompt)
    let worst = losses.indices.max { losses[$0] < losses[$1] } ?? 0
    let named = chance.nextUnit() < quality ? worst : chance.nextIndex(below: losses.count)
    return "The weak word is [\(prompt.words[named])]."
  }

  /// The prompt that is said to be the current one, else the last shown.
  private static func current(in text: String) -> LandscapePrompt? {
    if let said = text.range(of: "The current prompt", options: .backwards),
      let first = LandscapePrompt.all(in: String(text[said.upperBound...])).first
    {
      return first.prompt
    }
    return LandscapePrompt.all(in: text).last?.prompt
  }

  /// The words that criticisms have named.
  private static func hints(in text: String) -> Set<String> {
    Set(
      text.components(separatedBy: "The weak word is [").dropFirst()
        .map { String($0.prefix { $0 != "]" }) })
  }

  /// The number in "at most 12 words of".
  private static func limit(in text: String) -> Int? {
    for piece in text.components(separatedBy: "hange at most ").dropFirst() {
      if let number = Int(piece.prefix { $0.isNumber }), number > 0 { return number }
    }
    return nil
  }
}

extension Landscape {
  /// By how much the best word in each place, all else as it is, would pass the prompt's.
  func losses(of prompt: LandscapePrompt) -> [Double] {
    prompt.choices.indices.map { place in
      let scores = LandscapePrompt.places[place].indices.map { choice in
        var other = prompt
        other.choices[place] = choice
        return trueScore(of: other)
      }
      return (scores.max() ?? 0) - trueScore(of: prompt)
    }
  }
}
