// SPDX-License-Identifier: Apache-2.0

extension PhrasePattern {
  /// Beginnings of a sentence or line that the answer completes.
  static let cues = headings + sentences

  /// Lines that end before the answer.
  private static let headings = [
    "[quality]:", "[subject] [quality]:", "[quality]: the [subject] is",
    "[quality] of the [subject]:", "[quality] ([or]):", "[quality] ([slash]):",
    "The [quality] ([or]) is", "Answer:", "So the answer is", "Best [quality]:", "Final [quality]:",
  ].map { PhrasePattern(.cue, $0) }

  /// Sentences made of an opener, a clause and a word or two before the answer.
  ///
  /// Each of the three is a feature of its own, so that what is learnt of one sentence counts for
  /// the others that share it.
  private static let sentences = clauses.flatMap { clause in
    openers.flatMap { opener in
      leads.map { lead in
        PhrasePattern(
          .cue, opener + clause + lead,
          features: ["opener:" + opener, "clause:" + clause, "lead:" + lead])
      }
    }
  }

  private static let openers = [
    "", "Overall, ", "In short, ", "I would say ", "It is clear that ", "Therefore, ",
  ]

  private static let clauses = [
    "this is", "it is", "this [subject] is", "the [subject] is", "the [quality] is",
    "the [quality] of this [subject] is",
  ]

  private static let leads = [
    "", " mostly", " clearly", " very", " about", " about the", " a", " with the",
  ]
}
