// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// The settings of how a step's candidates are compared, with a method's own default.
  static func selectionSettings(default rule: String = "full") -> [SettingDescription] {
    [
      SettingDescription(
        name: "selection",
        kind: .choice(["full", "ucb", "ucb-e", "successive-rejects", "successive-halving"]),
        defaultValue: .string(rule),
        help: "How the best of a step are found: all on all of dev, or a bandit with less."),
      SettingDescription(
        name: "selection-evaluations", kind: .integer(0...10_000_000), defaultValue: .number(0),
        help:
          "Evaluations a bandit may use in a step, each one prompt on one dev row; 0 is a third of "
          + "all."),
      SettingDescription(
        name: "selection-rows", kind: .integer(1...10_000), defaultValue: .number(8),
        help: "Dev rows of a prompt in a round of ucb or ucb-e."),
      SettingDescription(
        name: "selection-schedule", kind: .choice(RowSchedule.allCases.map(\.rawValue)),
        defaultValue: .string(RowSchedule.blocks.rawValue),
        help: "Which dev rows a bandit's round takes: the same order for each prompt, or the next."),
      SettingDescription(
        name: "exploration", kind: .number(0...100), defaultValue: .number(1),
        help: "How much ucb and ucb-e try prompts of which little is known."),
    ]
  }

  /// How candidates are compared, of settings that have no problems.
  static func selection(_ settings: SettingValues) -> any CandidateSelection {
    let exploration = settings.number("exploration")
    let rule: BanditRule
    switch settings.word("selection") {
    case "ucb": rule = .ucb(exploration)
    case "ucb-e": rule = .ucbE(exploration)
    case "successive-rejects": rule = .successiveRejects
    case "successive-halving": rule = .successiveHalving
    default: return FullEvaluation()
    }
    let evaluations = settings.integer("selection-evaluations")
    return BanditSelection(
      rule, evaluations: evaluations == 0 ? nil : evaluations,
      block: settings.integer("selection-rows"),
      schedule: RowSchedule(rawValue: settings.word("selection-schedule")) ?? .blocks)
  }

  /// Settings that the chosen selection does not read.
  static func selectionContradictions(in settings: SettingValues, of method: String) -> [String] {
    let selection = settings.word("selection")
    let unread =
      switch selection {
      case "ucb", "ucb-e": [String]()
      case "full":
        ["selection-evaluations", "selection-rows", "selection-schedule", "exploration"]
      default: ["selection-rows", "exploration"]
      }
    return unread.filter(settings.given.contains).map {
      "\(method): \"\($0)\" has no effect with selection \(selection); leave one of the two out"
    }
  }
}
