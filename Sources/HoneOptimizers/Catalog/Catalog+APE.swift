// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// APE with its settings.
  static let ape = CatalogEntry(
    name: "ape",
    summary: "Works instructions out from examples, then tries the best of them in other words.",
    paper: "arXiv:2211.01910", settings: apeSettings,
    contradictions: {
      MethodSettings.contradictions(in: $0, readByModel: ["subsets", "demonstrations"])
    },
    make: { settings in
      APE(
        subsets: settings.integer("subsets"), demonstrations: settings.integer("demonstrations"),
        candidates: settings.integer("candidates"), rounds: settings.integer("rounds"),
        beam: settings.integer("beam"), selection: selection(settings),
        proposer: MethodSettings.proposer(settings), temperature: settings.number("temperature"),
        maxTokens: settings.integer("max-tokens"), maxWords: settings.integer("max-words"),
        plateau: MethodSettings.plateau(settings))
    })

  private static let apeSettings: [SettingDescription] =
    [
      SettingDescription(
        name: "subsets", kind: .integer(1...1000), defaultValue: .number(5),
        help: "Subsets of the training rows that instructions are worked out from."),
      SettingDescription(
        name: "demonstrations", kind: .integer(1...100), defaultValue: .number(5),
        help: "Training rows of a subset."),
      MethodSettings.rounds(3), MethodSettings.beam(5),
    ]
    + MethodSettings.grid(
      ["candidates", "proposer", "temperature", "max-tokens", "plateau", "max-words"],
      changing: ["candidates": .number(50), "temperature": .number(0.9), "plateau": .number(0)])
    + selectionSettings(default: "ucb")
}
