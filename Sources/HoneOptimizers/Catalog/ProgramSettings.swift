// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Settings that every search for instructions takes: which stage, and what follows it.
enum ProgramSettings {
  static let list = [
    SettingDescription(
      name: "stage", kind: .text, defaultValue: .string("all"),
      help: "Of a program, the stage whose instruction is searched; \"all\" is one after the other."
    ),
    SettingDescription(
      name: "exemplars",
      kind: .choice(["none", "labeled", "bootstrap", "random-search", "tpe", "knn"]),
      defaultValue: .string("none"),
      help: "A search for demonstrations that follows, from the best instruction."),
    SettingDescription(
      name: "exemplar-share", kind: .number(0.05...0.95), defaultValue: .number(0.5),
      help: "The part of the budget for that search."),
    SettingDescription(
      name: "exemplar-count", kind: .integer(1...256), defaultValue: .number(16),
      help: "The most demonstrations that it shows; with knn 4 when left out."),
  ]

  /// Settings without effect beside others.
  static func contradictions(in settings: SettingValues) -> [String] {
    guard settings.word("exemplars") == "none" else { return [] }
    return ["exemplar-share", "exemplar-count"].filter(settings.given.contains).map {
      "\(settings.optimizer): \"\($0)\" has no effect with exemplars none; leave one of the two out"
    }
  }

  /// A stage that the program does not have.
  static func problems(in settings: SettingValues, for program: Program) -> [String] {
    let stage = settings.word("stage")
    let names = program.askedStages.map(\.name)
    guard stage != "all", !names.contains(stage) else { return [] }
    return [
      "\(settings.optimizer): the program has no stage \"\(stage)\""
        + Catalog.nearest(to: stage, in: names) + "; there are: \(names.joined(separator: ", "))"
    ]
  }

  /// The optimizer on the stages of a program, and what follows it.
  static func applied(
    _ settings: SettingValues, to optimizer: any Optimizer, for program: Program?
  ) -> any Optimizer {
    var result = optimizer
    let word = settings.word("stage")
    // A search for one instruction looks for the stage of an ordinary task.
    if let program,
      program.stages.count > 1 || program.askedStages.first?.name != Program.mainStage
    {
      result = StageByStage(
        result, stages: word == "all" ? program.askedStages.map(\.name) : [word])
    }
    let count = settings.integer("exemplar-count")
    let draws = DemonstrationDraws(rows: count)
    func settled(_ search: any Optimizer) -> any Optimizer {
      FinalistSettings.applied(settings, to: search)
    }
    let exemplars: any Optimizer
    switch settings.word("exemplars") {
    case "labeled": exemplars = settled(LabeledFewShot(demonstrations: count, sets: 4))
    case "bootstrap": exemplars = BootstrapFewShot(draws: draws)
    case "random-search": exemplars = settled(BootstrapRandomSearch(draws: draws))
    case "tpe": exemplars = settled(BootstrapTPE(draws: draws))
    case "knn":
      exemplars = KNNFewShot(shown: settings.given.contains("exemplar-count") ? count : 4)
    default: return result
    }
    return WithExemplars(
      result, exemplars: exemplars, share: settings.number("exemplar-share"))
  }
}
