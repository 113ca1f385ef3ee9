// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// All keys of the task file.
enum TaskKeys {
  static let root = KeySection([
    Key("name", .text, required: true, "The short name, used in file names."),
    Key("description", .text, "What the task is, in a sentence or two; proposers read it."),
    Key("data", .mapping(data), required: true, "Where the rows are and how they are divided."),
    Key("inputs", .list(of: .text), required: true, "The fields that the prompt may show."),
    Key("answer", .mapping(answer), required: true, "How an answer is read from a response."),
    Key(
      "prompt", .either([.text, .mapping(prompt)]),
      "The prompt to start from: the instruction, or all parts."),
    Key("program", .list(of: .mapping(stage)), "The stages of a program, in place of a prompt."),
    Key(
      "metric", .either([.word(simpleMetrics.map(\.name)), .mapping(metric)]),
      default: "accuracy", "How an answer is scored."),
    Key("models", .mapping(models), "The model of each role, by name."),
    Key("optimizer", .optimizer, default: "gpo", "The search, with its settings."),
    Key("budget", .mapping(budget), "The limits of a run over all roles."),
    Key("seed", .integer(0...Int.max), default: "0", "The seed of everything random."),
    Key("generation", .mapping(generation), "How the task model's answers are sampled."),
  ])

  static let data = KeySection([
    Key("file", .text, "One file with all rows, relative to the task file."),
    Key("split", .mapping(split), "How the rows of the one file are divided."),
    Key("train", .text, "The file of the rows that an optimizer may read."),
    Key("dev", .text, "The file of the rows that candidates are compared on."),
    Key("test", .text, "The file of the rows of the final claim."),
    Key("format", .word(DataFormat.allCases.map(\.rawValue)), "The format, if not by the ending."),
    Key("limit", .mapping(limit), "The most rows of each split to use."),
    Key("id", .text, "The field with a unique name for each row."),
    Key("images", .list(of: .text), "The inputs that are paths of images, shown with the prompt."),
  ])

  static let split = KeySection([
    Key("train", .quantity(.share), required: true, "The part to learn from."),
    Key("dev", .quantity(.share), required: true, "The part to compare on."),
    Key("test", .quantity(.share), required: true, "The part for the final claim."),
  ])

  static let limit = KeySection([
    Key("train", .integer(1...Int.max), "The most rows to learn from."),
    Key("dev", .integer(1...Int.max), "The most rows to compare on."),
    Key("test", .integer(1...Int.max), "The most rows for the final claim."),
  ])

  static let answer = KeySection([
    Key("field", .text, "The field with the right answer or a list of acceptable ones."),
    Key("kind", .word(answerKinds), required: true, "What an answer looks like."),
    Key("labels", .list(of: .text), "The labels, for kind label."),
    Key("last", .text, "The last letter, for kind choice."),
    Key("decimals", .integer(0...12), default: "2", "Decimals compared, for kind number."),
    Key("member", .text, "The key of the member that is the answer, for kind json."),
    Key(
      "choose", .word(["generation", "likelihood"]), default: "generation",
      "Whether the model writes the answer or the most likely option is it."),
    Key(
      "normalize", .word(LikelihoodChoice.Normalization.allCases.map(\.rawValue)),
      default: "none", "With likelihood: what a log-probability is divided by."),
    Key(
      "calibrate", .word(LikelihoodChoice.Calibration.allCases.map(\.rawValue)),
      default: "none", "With likelihood: what is subtracted from a log-probability."),
    Key("final-turn", .flag, default: "false", "Whether a second turn asks for the answer only."),
  ])

  static let answerKinds = [
    "choice", "label", "yes-no", "true-false", "valid-invalid", "number", "exact-text",
    "word-list", "brackets", "free-text", "json",
  ]

  static let prompt = KeySection([
    Key("instruction", .text, required: true, "The part that is searched."),
    Key("system", .text, "The text of the system message."),
    Key(
      "layout", .word(["before-question", "after-question", "system", "raw"]),
      default: "before-question", "Where the instruction stands."),
    Key("question", .text, "How fields become the question, with slots such as {text}."),
    Key("template", .text, "For layout raw: the text to complete, with the slot {instruction}."),
    Key("demonstrations", .list(of: .row), "Rows shown with their answers."),
    Key("demonstration", .text, "For layout raw: how a demonstration is written."),
  ])

  static let models = KeySection([
    Key("task", .text, default: defaultModel, "Answers the examples."),
    Key("optimizer", .text, "Writes new prompts."),
    Key("judge", .text, "Grades answers by a rubric."),
    Key("embedder", .text, "Turns texts into vectors."),
  ])

  static let budget = KeySection([
    Key("calls", .quantity(.count), "Model calls over all roles."),
    Key("tokens", .quantity(.count), "Tokens read and written."),
    Key("time", .quantity(.duration), "Wall time, with a unit."),
    Key("money", .quantity(.money), "Money in US dollars."),
    Key(
      "failures", .quantity(.percentage), default: "10%",
      "The share of the last 200 calls that may fail before the run stops."),
  ])

  static let generation = KeySection([
    Key("max-tokens", .integer(1...100_000), default: "64", "The most tokens of an answer."),
    Key("temperature", .number(0...2), default: "0", "0 for the likeliest token each time."),
    Key("stop", .either([.text, .list(of: .text)]), "Texts that end an answer."),
    Key("full-responses", .flag, default: "false", "Whether to decode on after the answer."),
    Key(
      "schema", .document,
      "A JSON Schema of the answer; the embedded engine and many services keep to it."),
  ])

  /// The task model of a file that names none.
  static let defaultModel = "smollm2-135m-instruct"
}
