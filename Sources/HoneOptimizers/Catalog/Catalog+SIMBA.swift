// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// SIMBA with its settings.
  static let simba = CatalogEntry(
    name: "simba",
    summary:
      "Learns from the rows on which programs differ most: a demonstration or a rule at a time.",
    paper: "arXiv:2310.03714", settings: simbaSettings, isForInstructions: false,
    readsFeedback: true,
    make: { settings in
      let kind = MethodSettings.proposer(settings)
      return SIMBA(
        batch: settings.integer("batch"), candidates: settings.integer("candidates"),
        steps: settings.integer("steps"), demonstrations: settings.integer("demonstrations"),
        sampling: settings.number("sampling"), proposer: kind,
        writer: Writer(
          kind == .completion ? .completion : .chat, temperature: settings.number("temperature"),
          maxTokens: settings.integer("max-tokens")))
    })

  private static let simbaSettings: [SettingDescription] =
    [
      SettingDescription(
        name: "batch", kind: .integer(1...10_000), defaultValue: .number(32),
        help: "Training rows of a step."),
      SettingDescription(
        name: "candidates", kind: .integer(1...256), defaultValue: .number(6),
        help: "Programs run and children made in a step."),
      SettingDescription(
        name: "steps", kind: .integer(1...1000), defaultValue: .number(8), help: "The steps."),
      SettingDescription(
        name: "demonstrations", kind: .integer(1...256), defaultValue: .number(4),
        help: "The most demonstrations of a stage."),
      SettingDescription(
        name: "sampling", kind: .number(0.001...100), defaultValue: .number(0.2),
        help: "How evenly programs are drawn; lower prefers better ones more."),
    ]
    + MethodSettings.grid(
      ["proposer", "temperature", "max-tokens"], changing: ["max-tokens": .number(256)])
}
