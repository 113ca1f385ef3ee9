// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// APO with its settings.
  static let apo = CatalogEntry(
    name: "apo",
    summary: "Finds reasons for mistakes, rewrites by them, and keeps a beam chosen by a bandit.",
    paper: "arXiv:2305.03495", settings: apoSettings, readsFeedback: true,
    contradictions: {
      MethodSettings.contradictions(
        in: $0, readByModel: ["minibatch", "groups", "errors", "paraphrases"])
    },
    make: { settings in
      APO(
        minibatch: settings.integer("minibatch"), groups: settings.integer("groups"),
        errors: settings.integer("errors"), paraphrases: settings.integer("paraphrases"),
        candidates: settings.integer("candidates"), rounds: settings.integer("rounds"),
        beam: settings.integer("beam"), selection: selection(settings),
        proposer: MethodSettings.proposer(settings), temperature: settings.number("temperature"),
        maxTokens: settings.integer("max-tokens"), maxWords: settings.integer("max-words"),
        plateau: MethodSettings.plateau(settings))
    })

  private static let apoSettings: [SettingDescription] =
    [
      SettingDescription(
        name: "minibatch", kind: .integer(1...10_000), defaultValue: .number(64),
        help: "Training rows that each prompt of the beam answers in a round."),
      SettingDescription(
        name: "groups", kind: .integer(1...100), defaultValue: .number(4),
        help: "Groups of mistakes of a prompt, each with one reason and one new prompt."),
      SettingDescription(
        name: "errors", kind: .integer(1...100), defaultValue: .number(4),
        help: "Mistakes of a group."),
      SettingDescription(
        name: "paraphrases", kind: .integer(0...100), defaultValue: .number(2),
        help: "Paraphrases of each new prompt and of the one it comes from."),
      MethodSettings.rounds(6), MethodSettings.beam(4),
    ]
    + MethodSettings.grid(
      ["candidates", "proposer", "temperature", "max-tokens", "plateau", "max-words"],
      changing: ["candidates": .number(32), "temperature": .number(0.7), "plateau": .number(0)])
    + selectionSettings(default: "ucb")
}
