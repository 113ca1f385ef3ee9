// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension GridSettings {
  /// The search that settings without problems describe, under a method's name.
  static func search(_ settings: SettingValues) -> StepwiseSearch {
    let patience = settings.integer("plateau")
    return StepwiseSearch(
      name: settings.optimizer, information: information(settings),
      trajectory: trajectory(settings), stepSize: stepSize(settings),
      refinement: settings.word("refinement") == "edit" ? .edit : GenerateRefinement(),
      proposer: proposer(settings), nextPrompt: nextPrompt(settings),
      plateau: PlateauRule(patience: patience == 0 ? nil : patience),
      candidates: settings.integer("candidates"), epochs: settings.integer("epochs"),
      batch: settings.integer("batch"), formatExamples: settings.integer("format-examples"),
      rejectsLargeSteps: settings.flag("reject-large-steps"),
      maxWords: settings.integer("max-words"))
  }

  /// What is told of the current prompt.
  static func information(_ settings: SettingValues) -> any CurrentInformation {
    settings.word("direction") == "prompt" ? .prompt : PromptAndPerformance()
  }

  /// Which earlier prompts are shown.
  static func trajectory(_ settings: SettingValues) -> any TrajectorySelection {
    let k = settings.integer("k")
    return switch settings.word("trajectory") {
    case "none": .none
    case "recency": .recency(k)
    case "importance": .importance(k)
    default: .relevance(k)
    }
  }

  /// How many words a step may change.
  static func stepSize(_ settings: SettingValues) -> any StepSize {
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

  /// Which prompt a step starts from.
  static func nextPrompt(_ settings: SettingValues) -> any NextPrompt {
    settings.word("next-prompt") == "best-so-far" ? .bestSoFar : BestThatNeverWon()
  }

  /// Where new prompts come from.
  static func proposer(_ settings: SettingValues) -> ProposerChoice {
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
