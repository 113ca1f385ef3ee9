// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The axes of the grid as flags; each is short for `--set` with the same name.
///
/// What a flag takes and does is told by the catalog alone, so values are read as texts here.
struct GridOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("What is told of the prompt.", valueName: "prompt|performance|reflection"))
  var direction: String?

  @Option(
    help: ArgumentHelp(
      "Which earlier prompts are shown.", valueName: "none|recency|relevance|importance|summary"))
  var trajectory: String?

  @Option(help: ArgumentHelp("How many of them.", valueName: "n"))
  var k: String?

  @Option(help: ArgumentHelp("What the trajectory is one of.", valueName: "prompts|reflections"))
  var momentum: String?

  @Option(help: ArgumentHelp("Which prompts it holds.", valueName: "winners|all"))
  var history: String?

  @Option(help: ArgumentHelp("The least score that importance shows.", valueName: "0…1"))
  var scoreThreshold: String?

  @Option(help: ArgumentHelp("How the step size falls.", valueName: "none|fixed|linear|cosine"))
  var decay: String?

  @Option(help: ArgumentHelp("The share of the steps it first grows over.", valueName: "0…0.5"))
  var warmup: String?

  @Option(help: ArgumentHelp("The words that the first step may change.", valueName: "n"))
  var stepSizeStart: String?

  @Option(help: ArgumentHelp("The words that the last step may change.", valueName: "n"))
  var stepSizeEnd: String?

  @Option(help: ArgumentHelp("Turn down what changes more.", valueName: "true|false"))
  var rejectLargeSteps: String?

  @Option(help: ArgumentHelp("How a new prompt is made.", valueName: "edit|generate"))
  var refinement: String?

  @Option(help: ArgumentHelp("Proposals a step.", valueName: "n"))
  var candidates: String?

  @Option(help: ArgumentHelp("Passes over the training rows.", valueName: "n"))
  var epochs: String?

  @Option(help: ArgumentHelp("Training rows a step.", valueName: "n"))
  var batch: String?

  @Option(help: ArgumentHelp("Training rows shown to the optimizer model.", valueName: "n"))
  var formatExamples: String?

  @Option(
    help: ArgumentHelp(
      "Where prompts come from.", valueName: "auto|meta-prompt|completion|phrasebook|mixture"))
  var proposer: String?

  @Option(
    help: ArgumentHelp(
      "Which scores a phrasebook learns from.", valueName: "all|trajectory|nothing"))
  var phrasebookReads: String?

  @Option(
    help: ArgumentHelp(
      "What a step starts from.", valueName: "best-that-never-won|best-so-far|beam"))
  var nextPrompt: String?

  @Option(help: ArgumentHelp("How many prompts a beam keeps.", valueName: "n"))
  var beam: String?

  @Option(
    help: ArgumentHelp(
      "How the best of a step are found.",
      valueName: "full|ucb|ucb-e|successive-rejects|successive-halving"))
  var selection: String?

  @Option(help: ArgumentHelp("Steps without a better prompt before the end.", valueName: "n"))
  var plateau: String?

  @Option(
    help: ArgumentHelp(
      "How many of the best prompts are scored on the training rows too.", valueName: "n"))
  var finalists: String?

  @Option(help: ArgumentHelp("The stage of a program to search.", valueName: "name|all"))
  var stage: String?

  @Option(
    help: ArgumentHelp(
      "A search for demonstrations that follows.",
      valueName: "none|labeled|bootstrap|random-search|tpe|knn"))
  var exemplars: String?

  @Option(help: ArgumentHelp("The part of the budget for it.", valueName: "0.05…0.95"))
  var exemplarShare: String?

  @Option(help: ArgumentHelp("The most demonstrations that it shows.", valueName: "1…256"))
  var exemplarCount: String?

  /// The flags that were given, as settings.
  var settings: [SettingValue] {
    let flags: [(String, String?)] = [
      ("direction", direction), ("trajectory", trajectory), ("k", k), ("momentum", momentum),
      ("history", history), ("score-threshold", scoreThreshold), ("decay", decay),
      ("warmup", warmup), ("step-size-start", stepSizeStart), ("step-size-end", stepSizeEnd),
      ("reject-large-steps", rejectLargeSteps), ("refinement", refinement),
      ("candidates", candidates), ("epochs", epochs), ("batch", batch),
      ("format-examples", formatExamples), ("proposer", proposer),
      ("phrasebook-reads", phrasebookReads), ("next-prompt", nextPrompt),
      ("beam", beam), ("selection", selection), ("plateau", plateau), ("finalists", finalists),
      ("stage", stage),
      ("exemplars", exemplars), ("exemplar-share", exemplarShare),
      ("exemplar-count", exemplarCount),
    ]
    return flags.compactMap { name, text in
      text.map { SettingValue(name: name, text: $0, flag: "--\(name)") }
    }
  }
}
