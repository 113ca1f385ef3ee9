// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Landscape {
  /// The prompt with the highest true score, found exactly, place by place.
  ///
  /// Words act together with their neighbours only, so the best prompt up to a word follows from the
  /// best ones up to each word before it (Viterbi, 1967).
  public var best: LandscapePrompt {
    var routes = values[0].enumerated().map { (choices: [$0.offset], score: $0.element) }
    for place in 1..<values.count {
      routes = values[place].enumerated().map { choice, value in
        let ranked = routes.map { route in
          let pair = route.choices.last.map { pairs[place - 1][$0][choice] } ?? 0
          return (choices: route.choices + [choice], score: route.score + pair + value)
        }
        return ranked.reduce(ranked[0]) { $1.score > $0.score ? $1 : $0 }
      }
    }
    let winner = routes.reduce(routes[0]) { $1.score > $0.score ? $1 : $0 }
    return LandscapePrompt(choices: winner.choices)
  }

  /// The prompt a search starts from: a poor word in each place, drawn from the seed.
  public var start: LandscapePrompt {
    var chance = SeededGenerator(seed: seed, stream: "start")
    return LandscapePrompt(
      choices: values.map { place in
        let ranked = place.indices.sorted { place[$0] < place[$1] }
        return Array(ranked.prefix(3)).drawn(by: &chance) ?? 0
      })
  }

  /// A prompt drawn with equal chances.
  static func random(by chance: inout SeededGenerator) -> LandscapePrompt {
    LandscapePrompt(
      choices: LandscapePrompt.places.map { chance.nextIndex(below: $0.count) })
  }
}
