// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The settings of the grid: one list, which every method takes with its own defaults.
enum GridSettings {
  /// The settings with a method's defaults, less those that the method has no use for.
  ///
  /// A default that names no setting, or does not fit it, is caught by the catalog's tests.
  static func list(
    changing defaults: [String: JSONValue] = [:], without left: Set<String> = []
  ) -> [SettingDescription] {
    (direction + method + search + Catalog.selectionSettings()).filter { !left.contains($0.name) }
      .map { setting in
        var setting = setting
        setting.defaultValue = defaults[setting.name] ?? setting.defaultValue
        return setting
      }
  }

  private static let direction: [SettingDescription] = [
    SettingDescription(
      name: "direction", kind: .choice(["prompt", "performance", "reflection"]),
      defaultValue: .string("performance"),
      help:
        "What the optimizer model is told of the current prompt: its text, its score too, or also "
        + "what is wrong with it."),
    SettingDescription(
      name: "trajectory",
      kind: .choice(["none", "recency", "relevance", "importance", "summary"]),
      defaultValue: .string("relevance"),
      help: "Which earlier prompts the optimizer model is shown, or a running summary of the steps."
    ),
    SettingDescription(
      name: "k", kind: .integer(1...50), defaultValue: .number(3),
      help: "How many earlier prompts or reflections are shown."),
    SettingDescription(
      name: "momentum", kind: .choice(["prompts", "reflections"]),
      defaultValue: .string("prompts"),
      help: "Whether the trajectory is one of prompts or of what was found wrong with them."),
    SettingDescription(
      name: "history", kind: .choice(["winners", "all"]), defaultValue: .string("winners"),
      help:
        "Whether the trajectory holds the prompts that a step started from, or all that were scored "
        + "on all of dev."),
    SettingDescription(
      name: "score-threshold", kind: .number(0...1), defaultValue: .number(0),
      help: "The least score of a prompt that trajectory importance shows."),
  ]

  private static let method: [SettingDescription] = [
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

  private static let search: [SettingDescription] = [
    SettingDescription(
      name: "candidates", kind: .integer(1...256), defaultValue: .number(8),
      help: "Proposals a step."),
    SettingDescription(
      name: "epochs", kind: .integer(1...1000), defaultValue: .number(3),
      help: "Passes over the training rows, which set the number of steps."),
    SettingDescription(
      name: "batch", kind: .integer(1...10_000), defaultValue: .number(8),
      help: "Training rows a step, which set the number of steps and are what reflection reads."),
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
      name: "phrasebook-reads",
      kind: .choice(PhrasebookProposer.Reading.allCases.map(\.rawValue)),
      defaultValue: .string(PhrasebookProposer.Reading.all.rawValue),
      help:
        "Which scores a phrasebook learns from: all, those the trajectory shows as a model would, "
        + "or none."),
    SettingDescription(
      name: "temperature", kind: .number(0...2), defaultValue: .number(1),
      help: "The optimizer model's temperature."),
    SettingDescription(
      name: "max-tokens", kind: .integer(16...8192), defaultValue: .number(512),
      help: "The most tokens of an optimizer model's response."),
    SettingDescription(
      name: "next-prompt", kind: .choice(["best-that-never-won", "best-so-far", "beam"]),
      defaultValue: .string("best-that-never-won"),
      help: "Which prompt the next step starts from; \"beam\" is several, which share candidates."),
    SettingDescription(
      name: "beam", kind: .integer(1...64), defaultValue: .number(4),
      help: "How many prompts a beam keeps."),
    SettingDescription(
      name: "plateau", kind: .integer(0...1000), defaultValue: .number(8),
      help: "Steps without a better prompt after which the search ends; 0 is never."),
    SettingDescription(
      name: "max-words", kind: .integer(1...5000), defaultValue: .number(200),
      help: "The most words of a prompt."),
  ]
}
