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
      maxWords: settings.integer("max-words"), selection: Catalog.selection(settings))
  }

  /// What is told of the current prompt.
  static func information(_ settings: SettingValues) -> any CurrentInformation {
    switch settings.word("direction") {
    case "prompt": .prompt
    case "reflection":
      PromptPerformanceReflection(maxTokens: min(512, settings.integer("max-tokens")))
    default: .performance
    }
  }

  /// Which earlier prompts or reflections are shown.
  static func trajectory(_ settings: SettingValues) -> any TrajectorySelection {
    let k = settings.integer("k")
    let prompts: TrajectorySource = settings.word("history") == "all" ? .candidates : .winners
    let source = settings.word("momentum") == "reflections" ? .reflections : prompts
    return switch settings.word("trajectory") {
    case "none": .none
    case "recency": .recency(k, of: source)
    case "importance":
      .importance(k, of: source, threshold: settings.number("score-threshold"))
    case "summary":
      SummaryTrajectory(of: source, maxTokens: min(512, settings.integer("max-tokens")))
    default: .relevance(k, of: source)
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
    switch settings.word("next-prompt") {
    case "best-so-far": .bestSoFar
    case "beam": .beam(settings.integer("beam"))
    default: .bestThatNeverWon
    }
  }

  /// Where new prompts come from.
  static func proposer(_ settings: SettingValues) -> ProposerChoice {
    let temperature = settings.number("temperature")
    let maxTokens = settings.integer("max-tokens")
    let chat = MetaPromptProposer(temperature: temperature, maxTokens: maxTokens)
    let reads = PhrasebookProposer.Reading(rawValue: settings.word("phrasebook-reads")) ?? .all
    return switch settings.word("proposer") {
    case "meta-prompt": .always(chat)
    case "completion":
      .always(CompletionProposer(temperature: temperature, maxTokens: min(128, maxTokens)))
    case "phrasebook": .always(PhrasebookProposer(reads: reads))
    case "mixture": .always(ProposerChoice.mixture(with: chat, reads: reads))
    default: .automatic(temperature: temperature, maxTokens: maxTokens, reads: reads)
    }
  }
}
