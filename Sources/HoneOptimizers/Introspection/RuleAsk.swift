// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Asks for a rule that would have led from a bad course to a good one.
enum RuleAsk {
  /// The question about one stage on one row.
  static func ask(
    _ stage: Stage, instruction: String, _ bucket: RowBucket, _ program: Program
  ) -> Ask? {
    guard let good = bucket.tries.first(where: { $0.value == bucket.best }),
      let bad = bucket.tries.first(where: { $0.value == bucket.worst }), good.value > bad.value
    else { return nil }
    func text(_ result: ExampleResult) -> String {
      ReflectiveProposer.text(bucket.row, result, stage, program)
    }
    return Ask(
      body: [
        "A language model follows this instruction in one step of a program:", instruction,
        "On one input it went well:\n\(text(good.result))",
        "On the same input it went less well:\n\(text(bad.result))",
        "Write one rule of a sentence or two, to stand after the instruction, that would make the good "
          + "course more likely on inputs of this kind. Do not name the input.",
      ].joined(separator: "\n\n"),
      cue: "The rule:")
  }
}
