// SPDX-License-Identifier: Apache-2.0

extension PhrasePattern {
  /// Sentences that say what to do.
  static let tasks = [
    "[description]", "Give the [quality] of the [subject].",
    "Find the [quality] of this [subject].",
    "Read the [subject] and decide: [or].", "Decide whether the answer is [or].",
    "Judge the [subject] as [or].", "Sort the [subject] into one of these: [list].",
    "Name the [quality] of the [subject]: [or].", "State the [quality].",
    "Work out the [quality] from the [subject].",
  ].map { PhrasePattern(.task, $0) }

  /// Roles for the model to speak in.
  static let roles = [
    "You are an expert.", "You are a careful reader.", "You judge each [subject] with care.",
    "You know this subject well.", "You are a precise assistant.",
    "You always know the right [quality].",
  ].map { PhrasePattern(.role, $0) }

  /// Questions about the row.
  static let questions = [
    "Is it [or]?", "Is this [subject] [or]?", "What is the [quality] of this [subject]?",
    "What is the [quality]?", "Which is right: [or]?", "Which [quality] fits best?",
    "[or]?",
  ].map { PhrasePattern(.question, $0) }
}
