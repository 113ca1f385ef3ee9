// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// CAPO with its settings.
  static let capo = CatalogEntry(
    name: "capo",
    summary: "Crosses and mutates prompts with demonstrations; a race with penalties for length.",
    paper: "arXiv:2504.16005", settings: capoSettings, isForInstructions: false,
    make: { settings in
      let race = BlockRace(
        block: settings.integer("block"), blocks: settings.integer("blocks"),
        alpha: settings.number("alpha"), penalty: settings.number("length-penalty"))
      let kind = MethodSettings.proposer(settings)
      return CAPO(
        population: settings.integer("population"), children: settings.integer("children"),
        shots: settings.integer("shots"), rounds: settings.integer("rounds"), race: race,
        proposer: kind,
        writer: Writer(
          kind == .completion ? .completion : .chat, temperature: settings.number("temperature"),
          maxTokens: settings.integer("max-tokens")),
        maxWords: settings.integer("max-words"))
    })

  private static let capoSettings: [SettingDescription] =
    [
      SettingDescription(
        name: "population", kind: .integer(2...256), defaultValue: .number(10),
        help: "Prompts kept."),
      SettingDescription(
        name: "children", kind: .integer(1...256), defaultValue: .number(4),
        help: "Children of a round."),
      SettingDescription(
        name: "shots", kind: .integer(0...64), defaultValue: .number(5),
        help: "The most demonstrations of a prompt."),
      MethodSettings.rounds(20),
      SettingDescription(
        name: "block", kind: .integer(2...10_000), defaultValue: .number(30),
        help: "Dev rows of a block of the race."),
      SettingDescription(
        name: "blocks", kind: .integer(1...1000), defaultValue: .number(10),
        help: "Blocks at most."),
      SettingDescription(
        name: "alpha", kind: .number(0...0.5), defaultValue: .number(0.2),
        help: "The chance of error of one comparison in the race."),
      SettingDescription(
        name: "length-penalty", kind: .number(0...1), defaultValue: .number(0.05),
        help: "What the longest prompt of a race loses by its length."),
    ]
    + MethodSettings.grid(
      ["proposer", "temperature", "max-tokens", "max-words"], changing: [:])
}
