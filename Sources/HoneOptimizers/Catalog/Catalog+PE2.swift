// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// PE2 with its settings.
  static let pe2 = CatalogEntry(
    name: "pe2",
    summary: "Inspects failing examples in a first turn and rewrites in a second, and can go back.",
    paper: "arXiv:2311.05661", settings: pe2Settings, readsFeedback: true,
    contradictions: {
      MethodSettings.contradictions(
        in: $0,
        readByModel: ["errors", "rows", "inspection-temperature", "inspection-tokens"])
    },
    make: { settings in
      PE2(
        information: GridSettings.information(settings),
        trajectory: GridSettings.trajectory(settings), stepSize: GridSettings.stepSize(settings),
        errors: settings.integer("errors"), rows: settings.integer("rows"),
        candidates: settings.integer("candidates"), rounds: settings.integer("rounds"),
        beam: settings.integer("beam"), backtracks: settings.flag("backtracking"),
        selection: selection(settings), proposer: MethodSettings.proposer(settings),
        temperature: settings.number("temperature"),
        inspectionTemperature: settings.number("inspection-temperature"),
        maxTokens: settings.integer("max-tokens"),
        inspectionTokens: settings.integer("inspection-tokens"),
        maxWords: settings.integer("max-words"), plateau: MethodSettings.plateau(settings))
    })

  private static let pe2Settings: [SettingDescription] =
    [
      SettingDescription(
        name: "errors", kind: .integer(1...100), defaultValue: .number(2),
        help: "Failing rows inspected for one new prompt."),
      SettingDescription(
        name: "rows", kind: .integer(1...10_000), defaultValue: .number(64),
        help: "The most training rows tried in search of failing ones."),
      SettingDescription(
        name: "inspection-temperature", kind: .number(0...2), defaultValue: .number(0.5),
        help: "The optimizer model's temperature when it inspects."),
      SettingDescription(
        name: "inspection-tokens", kind: .integer(16...8192), defaultValue: .number(1500),
        help: "The most tokens of an inspection."),
      SettingDescription(
        name: "backtracking", kind: .flag, defaultValue: .bool(true),
        help: "Whether a round starts from the best of all prompts, not of the newest."),
      MethodSettings.rounds(2), MethodSettings.beam(2),
    ]
    + MethodSettings.grid(
      [
        "trajectory", "k", "decay", "warmup", "step-size-start", "step-size-end", "candidates",
        "proposer", "temperature", "max-tokens", "plateau", "max-words",
      ],
      changing: [
        "trajectory": .string("recency"), "decay": .string("fixed"),
        "step-size-start": .number(10), "candidates": .number(4), "temperature": .number(0.7),
        "plateau": .number(0), "max-words": .number(50),
      ])
    + selectionSettings()
}
