// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What an optimizer model is asked when instructions are crossed and varied.
enum CrossingAsks {
  /// One instruction out of two.
  static func cross(_ first: String, _ second: String, task: String, maxWords: Int) -> Ask {
    Ask(
      body: [
        "These are two instructions for the same task of a language model. The task: \(task)",
        "First: \(first)", "Second: \(second)",
        "Write one instruction that joins what is good in both, in \(maxWords) words at most.",
      ].joined(separator: "\n\n"),
      cue: "One instruction that joins both:")
  }

  /// The same instruction in a new form.
  static func vary(_ text: String, task: String, maxWords: Int) -> Ask {
    Ask(
      body: [
        "This is an instruction for a language model. The task: \(task)", text,
        "Change it so that it may work better: its words, its order, or what it stresses. What it asks "
          + "for stays. Use \(maxWords) words at most.",
      ].joined(separator: "\n\n"),
      cue: "The changed instruction:")
  }
}
