// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// MIPROv2 with its settings.
  static let mipro = CatalogEntry(
    name: "mipro",
    summary:
      "Chooses instructions and demonstrations of all stages together, by a sampler that learns.",
    paper: "arXiv:2406.11695", settings: miproSettings, isForInstructions: false,
    make: { settings in
      let sizes = ["light": 6, "medium": 12, "heavy": 18]
      let given = settings.integer("candidates")
      let trials = settings.integer("trials")
      return MIPRO(
        candidates: given > 0 ? given : sizes[settings.word("auto")] ?? 6,
        draws: draws(settings), trials: trials > 0 ? trials : nil,
        minibatch: settings.integer("minibatch"), fullEvery: settings.integer("full-every"),
        proposer: MIPRO.proposer(
          MethodSettings.proposer(settings), temperature: settings.number("temperature"),
          maxTokens: settings.integer("max-tokens")),
        maxWords: settings.integer("max-words"))
    })

  private static let miproSettings: [SettingDescription] =
    [
      SettingDescription(
        name: "auto", kind: .choice(["light", "medium", "heavy"]), defaultValue: .string("light"),
        help: "How much is tried: 6, 12 or 18 candidates."),
      SettingDescription(
        name: "candidates", kind: .integer(0...256), defaultValue: .number(0),
        help: "Sets of demonstrations, and twice the instructions; 0 is what auto says."),
      SettingDescription(
        name: "trials", kind: .integer(0...10_000), defaultValue: .number(0),
        help: "Combinations tried; 0 is as many as the candidates ask for."),
      SettingDescription(
        name: "minibatch", kind: .integer(1...10_000), defaultValue: .number(35),
        help: "Dev rows of a trial; all of them where dev is not larger than 1.5 of that."),
      SettingDescription(
        name: "full-every", kind: .integer(1...1000), defaultValue: .number(5),
        help: "Trials between scores on all of dev."),
    ] + fewDrawSettings
    + MethodSettings.grid(
      ["proposer", "temperature", "max-tokens", "max-words"], changing: [:])

  /// The settings of the draws, with fewer rows.
  private static let fewDrawSettings: [SettingDescription] = drawSettings.map { given in
    var setting = given
    if setting.name == "demonstrations" { setting.defaultValue = .number(4) }
    return setting
  }
}
