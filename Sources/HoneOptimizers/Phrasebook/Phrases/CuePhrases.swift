// SPDX-License-Identifier: Apache-2.0

extension PhrasePattern {
  /// Beginnings of a sentence or line that the answer completes.
  static let cues = [
    "[quality]:", "[subject] [quality]:", "The [quality] is", "The [quality] of this [subject] is",
    "The [quality] of the [subject] is", "[quality]: the [subject] is",
    "[quality] of the [subject]:",
    "Therefore, the [quality] is", "So the [quality] is", "Overall, the [quality] is",
    "This [subject] is", "Overall, this [subject] is", "In one word, this is",
    "In one word, the [quality] is", "I would say the [quality] is", "It is clear that this is",
    "[quality] ([or]):", "[quality] ([slash]):", "The [quality] ([or]) is", "Answer:",
    "So the answer is", "Best [quality]:", "Final [quality]:",
  ].map { PhrasePattern(.cue, $0) }
}
