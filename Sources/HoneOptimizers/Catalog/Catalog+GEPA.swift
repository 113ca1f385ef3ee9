// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// GEPA with its settings.
  static let gepa = CatalogEntry(
    name: "gepa",
    summary:
      "Rewrites stages from what went wrong, and keeps all candidates that lead on some row.",
    paper: "arXiv:2507.19457", settings: gepaSettings, isForInstructions: false,
    readsFeedback: true,
    contradictions: {
      MethodSettings.contradictions(in: $0, readByModel: [])
    },
    make: { settings in
      GEPA(
        rounds: settings.integer("rounds"), minibatch: settings.integer("minibatch"),
        merges: settings.integer("merges"), proposer: MethodSettings.proposer(settings),
        temperature: settings.number("temperature"), maxTokens: settings.integer("max-tokens"),
        maxWords: settings.integer("max-words"))
    })

  private static let gepaSettings: [SettingDescription] =
    [
      MethodSettings.rounds(40),
      SettingDescription(
        name: "minibatch", kind: .integer(1...10_000), defaultValue: .number(3),
        help: "Training rows that a rewrite is made from and must do better on."),
      SettingDescription(
        name: "merges", kind: .integer(0...1000), defaultValue: .number(5),
        help: "How often two candidates that changed different stages are put together."),
    ]
    + MethodSettings.grid(
      ["proposer", "temperature", "max-tokens", "max-words"],
      changing: ["max-tokens": .number(1024), "max-words": .number(300)])
}
