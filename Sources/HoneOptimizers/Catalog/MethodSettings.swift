// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Settings that methods with rounds and a beam share, and what contradicts them.
enum MethodSettings {
  /// The rounds.
  static func rounds(_ count: Int) -> SettingDescription {
    SettingDescription(
      name: "rounds", kind: .integer(1...1000), defaultValue: .number(Double(count)),
      help: "How often new prompts are made and compared.")
  }

  /// The width of the beam.
  static func beam(_ width: Int) -> SettingDescription {
    SettingDescription(
      name: "beam", kind: .integer(1...64), defaultValue: .number(Double(width)),
      help: "The prompts that a round starts from.")
  }

  /// Those of the grid's settings that are named, with a method's defaults.
  static func grid(
    _ names: [String], changing defaults: [String: JSONValue]
  ) -> [SettingDescription] {
    GridSettings.list(changing: defaults).filter { names.contains($0.name) }
  }

  /// Who writes, of settings that have no problems.
  static func proposer(_ settings: SettingValues) -> ProposerKind {
    ProposerKind(rawValue: settings.word("proposer")) ?? .auto
  }

  /// When to end early, of settings that have no problems.
  static func plateau(_ settings: SettingValues) -> PlateauRule {
    let patience = settings.integer("plateau")
    return PlateauRule(patience: patience == 0 ? nil : patience)
  }

  /// Settings of the method's model that nobody reads.
  static func contradictions(
    in settings: SettingValues, readByModel names: [String]
  ) -> [String] {
    let idle = settings.word("proposer") == "phrasebook" ? names : []
    return idle.filter(settings.given.contains).map {
      "\(settings.optimizer): \"\($0)\" has no effect with proposer phrasebook, which asks no model; "
        + "leave one of the two out"
    }
  }
}
