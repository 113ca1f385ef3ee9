// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// GPO's name and settings, in the words of the paper.
  static let gpo = OptimizerDescription(
    name: "gpo",
    summary: "Steps from prompt to prompt, looking back on relevant ones, in steps that shrink.",
    paper: "arXiv:2402.17564", settings: updateSettings + searchSettings)

  private static let updateSettings: [SettingDescription] = [
    SettingDescription(
      name: "direction", kind: .choice(["prompt", "performance"]),
      defaultValue: .string("performance"),
      help: "What the optimizer model is told of the current prompt: its text, or its score too."),
    SettingDescription(
      name: "trajectory", kind: .choice(["none", "recency", "relevance", "importance"]),
      defaultValue: .string("relevance"),
      help: "Which earlier prompts the optimizer model is shown."),
    SettingDescription(
      name: "k", kind: .integer(1...50), defaultValue: .number(3),
      help: "How many earlier prompts are shown."),
    SettingDescription(
      name: "decay", kind: .choice(["none", "fixed", "linear", "cosine"]),
      defaultValue: .string("cosine"),
      help: "How the step size falls; \"none\" is no limit on the words a step changes."),
    SettingDescription(
      name: "warmup", kind: .number(0...0.5), defaultValue: .number(0),
      help: "The share of the steps over which the step size first grows; the paper's is 0.05."),
    SettingDescription(
      name: "step-size-start", kind: .integer(1...1000), defaultValue: .number(50),
      help: "The words that the first step may change."),
    SettingDescription(
      name: "step-size-end", kind: .integer(1...1000), defaultValue: .number(10),
      help: "The words that the last step may change."),
    SettingDescription(
      name: "reject-large-steps", kind: .flag, defaultValue: .bool(false),
      help: "Whether proposals that change more words than the step size are turned down."),
    SettingDescription(
      name: "refinement", kind: .choice(["edit", "generate"]), defaultValue: .string("generate"),
      help: "Whether the current prompt is changed or a new one is written."),
  ]

  private static let searchSettings: [SettingDescription] = [
    SettingDescription(
      name: "candidates", kind: .integer(1...256), defaultValue: .number(8),
      help: "Proposals a step."),
    SettingDescription(
      name: "epochs", kind: .integer(1...1000), defaultValue: .number(3),
      help: "Passes over the training rows, which set the number of steps."),
    SettingDescription(
      name: "batch", kind: .integer(1...10_000), defaultValue: .number(8),
      help: "Training rows a step, which set the number of steps."),
    SettingDescription(
      name: "format-examples", kind: .integer(0...50), defaultValue: .number(3),
      help: "Training rows that the optimizer model is shown."),
    SettingDescription(
      name: "proposer",
      kind: .choice(["auto", "meta-prompt", "completion", "phrasebook", "mixture"]),
      defaultValue: .string("auto"),
      help:
        "Where prompts come from; \"auto\" is the mixture with a small embedded model, else the "
        + "meta-prompt."),
    SettingDescription(
      name: "temperature", kind: .number(0...2), defaultValue: .number(1),
      help: "The optimizer model's temperature."),
    SettingDescription(
      name: "max-tokens", kind: .integer(16...8192), defaultValue: .number(512),
      help: "The most tokens of an optimizer model's response."),
    SettingDescription(
      name: "next-prompt", kind: .choice(["best-that-never-won", "best-so-far"]),
      defaultValue: .string("best-that-never-won"), help: "Which prompt the next step starts from."),
    SettingDescription(
      name: "plateau", kind: .integer(0...1000), defaultValue: .number(8),
      help: "Steps without a better prompt after which the search ends; 0 is never."),
    SettingDescription(
      name: "max-words", kind: .integer(1...5000), defaultValue: .number(200),
      help: "The most words of a prompt."),
  ]

  /// Makes GPO of settings that have no problems.
  static func makeGPO(_ settings: SettingValues) -> GPO {
    let patience = settings.integer("plateau")
    return GPO(
      information: settings.word("direction") == "prompt" ? .prompt : PromptAndPerformance(),
      trajectory: trajectory(settings), stepSize: stepSize(settings),
      refinement: settings.word("refinement") == "edit" ? .edit : GenerateRefinement(),
      proposer: proposer(settings),
      nextPrompt: settings.word("next-prompt") == "best-so-far" ? .bestSoFar : BestThatNeverWon(),
      plateau: PlateauRule(patience: patience == 0 ? nil : patience),
      candidates: settings.integer("candidates"), epochs: settings.integer("epochs"),
      batch: settings.integer("batch"), formatExamples: settings.integer("format-examples"),
      rejectsLargeSteps: settings.flag("reject-large-steps"),
      maxWords: settings.integer("max-words"))
  }

  private static func trajectory(_ settings: SettingValues) -> any TrajectorySelection {
    let k = settings.integer("k")
    return switch settings.word("trajectory") {
    case "none": .none
    case "recency": .recency(k)
    case "importance": .importance(k)
    default: .relevance(k)
    }
  }

  private static func stepSize(_ settings: SettingValues) -> any StepSize {
    let start = settings.integer("step-size-start")
    let end = settings.integer("step-size-end")
    let decay: any StepSize =
      switch settings.word("decay") {
      case "none": .none
      case "fixed": .fixed(start)
      case "linear": .linear(from: start, to: end)
      default: .cosine(from: start, to: end)
      }
    let warmup = settings.number("warmup")
    return warmup > 0 ? Warmup(decay, share: warmup) : decay
  }

  private static func proposer(_ settings: SettingValues) -> ProposerChoice {
    let temperature = settings.number("temperature")
    let maxTokens = settings.integer("max-tokens")
    let chat = MetaPromptProposer(temperature: temperature, maxTokens: maxTokens)
    return switch settings.word("proposer") {
    case "meta-prompt": .always(chat)
    case "completion":
      .always(CompletionProposer(temperature: temperature, maxTokens: min(128, maxTokens)))
    case "phrasebook": .always(PhrasebookProposer())
    case "mixture": .always(ProposerChoice.mixture(with: chat))
    default: .automatic(temperature: temperature, maxTokens: maxTokens)
    }
  }
}
