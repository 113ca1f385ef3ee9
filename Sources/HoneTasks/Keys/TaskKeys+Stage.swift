// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension TaskKeys {
  /// A stage of a program.
  static let stage = KeySection([
    Key("name", .text, required: true, "The name, unique in the program."),
    Key(
      "signature", .text, required: true,
      "The fields it reads and writes, such as question, facts -> answer: number."),
    Key("instruction", .text, "The part that is searched; required where the stage asks a model."),
    Key(
      "retrieve", .mapping(retrieval),
      "Passages to find for what the stage reads, instead of asking a model."),
    Key(
      "module",
      .word(StageModule.allCases.map(\.rawValue) + LoopModule.allCases.map(\.rawValue)),
      default: StageModule.predict.rawValue,
      "Whether the model answers at once, reasons first, or works in turns."),
    Key("tools", .list(of: .mapping(tool)), "Programs that the module react may use."),
    Key(
      "interpreter", .list(of: .text),
      "The command that runs what program-of-thought writes, such as [python3, -I, -]."),
    Key(
      "language", .text, default: "Python", "The language that program-of-thought writes."),
    Key(
      "most", .integer(1...50),
      "The most turns of react (5), attempts of program-of-thought (2) or parts of least-to-most (4)."
    ),
    Key(
      "format", .word(ReplyFormat.allCases.map(\.rawValue)),
      default: ReplyFormat.fields.rawValue, "How the fields of a reply are written."),
    Key(
      "formats", .list(of: .word(ReplyFormat.allCases.map(\.rawValue))),
      "Formats that an optimizer may choose in place of format."),
    Key(
      "vote", .integer(1...100), default: "1",
      "How many replies are drawn, of which the most frequent answer is taken."),
    Key(
      "retries", .integer(0...10), default: "1",
      "How often a reply that cannot be read is asked for again."),
    Key("require", .list(of: .mapping(check)), "What fields must be like, else the stage fails."),
    Key(
      "suggest", .list(of: .mapping(check)), "What fields should be like; told and then let pass."),
    Key("temperature", .number(0...2), "The stage's own temperature."),
    Key("max-tokens", .integer(1...100_000), "The stage's own limit of tokens."),
    Key("fields", .row, "What fields are for, by name; the model is told."),
    Key("demonstrations", .list(of: .row), "Rows shown with the fields it writes."),
  ])

  /// A program that a model may use.
  static let tool = KeySection([
    Key("name", .text, required: true, "The name the model calls it by."),
    Key("description", .text, required: true, "What it does and is given; the model is told."),
    Key(
      "command", .list(of: .text), required: true,
      "The program and its arguments; it reads its input and writes its answer. Files beside the "
        + "task file may be named."),
    Key(
      "sandbox", .flag, default: "true",
      "Whether it is kept from the network and from writing outside of a folder of its own."),
    Key("seconds", .number(0.1...600), default: "10", "The time it may take."),
    Key(
      "characters", .integer(1...100_000), default: "2000",
      "The most characters of its answer that the model is shown."),
  ])

  /// Where and how passages are found.
  static let retrieval = KeySection([
    Key(
      "documents", .text, required: true,
      "A file of JSON lines, or a folder of them; its path is relative to the task file."),
    Key("field", .text, default: "text", "The member with a passage's text."),
    Key("id", .text, "The member with a passage's name."),
    Key(
      "by", .word(StageRetrieval.Measure.allCases.map(\.rawValue)),
      default: StageRetrieval.Measure.words.rawValue,
      "Whether words, vectors of the embedder, or the ranks by both are compared."),
    Key("count", .integer(1...100), default: "3", "The most passages found."),
  ])

  /// A check of a field; one rule.
  static let check = KeySection([
    Key("field", .text, required: true, "The field."),
    Key("max-words", .integer(1...1_000_000), "At most so many words."),
    Key("min-words", .integer(1...1_000_000), "At least so many words."),
    Key("matches", .text, "A regular expression that matches somewhere."),
    Key("without", .list(of: .text), "Texts that must not stand in it."),
  ])
}
