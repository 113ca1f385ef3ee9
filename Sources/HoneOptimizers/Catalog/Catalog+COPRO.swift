// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// COPRO with its settings.
  static let copro = CatalogEntry(
    name: "copro",
    summary: "Writes many instructions, then more in the light of the best, stage by stage.",
    paper: "arXiv:2310.03714",
    settings: [
      SettingDescription(
        name: "breadth", kind: .integer(1...256), defaultValue: .number(10),
        help: "Instructions of a round."),
      SettingDescription(
        name: "depth", kind: .integer(1...1000), defaultValue: .number(3), help: "The rounds."),
    ]
      + MethodSettings.grid(
        ["proposer", "temperature", "max-tokens", "max-words"],
        changing: ["temperature": .number(1.4)]),
    make: { settings in
      COPRO(
        breadth: settings.integer("breadth"), depth: settings.integer("depth"),
        proposer: GridSettings.proposer(settings), maxWords: settings.integer("max-words"))
    })
}
