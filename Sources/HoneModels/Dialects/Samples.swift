// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The samples that one response holds.
struct Samples: ServiceAnswer, Hashable {
  /// The samples, at least one, each without a usage of its own.
  var generations: [Generation]
  /// What all of them took.
  var usage: Usage

  /// An empty answer that is marked as filtered.
  static func filtered(by service: String) -> Result<Samples, ModelError> {
    .success(
      Samples(
        generations: [Generation(text: "", finish: .filtered, usage: Usage())], usage: Usage()))
  }

  /// The samples with a usage each: the prompt is the first one's, since it was read once, and what
  /// was written is divided by the length of the texts.
  var separate: [Generation] {
    var left = usage
    var bytes = generations.reduce(0) { $0 + $1.text.utf8.count }
    return generations.enumerated().map { (place, generation) in
      var generation = generation
      let own = generation.text.utf8.count
      let isLast = place == generations.count - 1
      let written =
        isLast || bytes == 0
        ? left.completionTokens
        : Int((Double(left.completionTokens) * Double(own) / Double(bytes)).rounded())
      generation.usage = Usage(
        promptTokens: left.promptTokens, completionTokens: written,
        cachedPromptTokens: left.cachedPromptTokens)
      left = Usage(completionTokens: left.completionTokens - written)
      bytes -= own
      return generation
    }
  }
}
