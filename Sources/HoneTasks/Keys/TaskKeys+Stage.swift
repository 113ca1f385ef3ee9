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
      "module", .word(StageModule.allCases.map(\.rawValue)),
      default: StageModule.predict.rawValue, "Whether the model answers at once or reasons first."),
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
