// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// LabeledFewShot with its settings.
  static let labeledFewShot = CatalogEntry(
    name: "labeled-few-shot",
    summary:
      "Shows training rows with their right answers, in every prompt that writes the answer.",
    paper: "arXiv:2005.14165",
    settings: [
      demonstrations,
      SettingDescription(
        name: "sets", kind: .integer(1...1000), defaultValue: .number(1),
        help: "Sets of rows drawn, of which the best is kept."),
    ],
    isForInstructions: false,
    make: {
      LabeledFewShot(
        demonstrations: $0.integer("demonstrations"), sets: $0.integer("sets"))
    })

  /// BootstrapFewShot with its settings.
  static let bootstrapFewShot = CatalogEntry(
    name: "bootstrap-few-shot",
    summary: "Shows what the program did on training rows that it got right, stage by stage.",
    paper: "arXiv:2310.03714", settings: drawSettings,
    isForInstructions: false, hasFinalists: false,
    make: { BootstrapFewShot(draws: draws($0)) })

  /// BootstrapFewShotWithRandomSearch with its settings.
  static let bootstrapRandomSearch = CatalogEntry(
    name: "bootstrap-random-search",
    summary: "Draws many sets of demonstrations from the program's own work and keeps the best.",
    paper: "arXiv:2310.03714",
    settings: drawSettings + [
      SettingDescription(
        name: "sets", kind: .integer(1...1000), defaultValue: .number(16),
        help: "Sets of shuffled rows, beside none, labelled rows, and the rows in order."),
      SettingDescription(
        name: "batch", kind: .integer(1...256), defaultValue: .number(4),
        help: "Sets scored in one batch."),
    ],
    isForInstructions: false,
    make: {
      BootstrapRandomSearch(
        draws: draws($0), sets: $0.integer("sets"), batch: $0.integer("batch"))
    })

  /// Bootstrapping with TPE with its settings.
  static let bootstrapTPE = CatalogEntry(
    name: "bootstrap-tpe",
    summary: "Draws sets of demonstrations and chooses one a stage by a sampler that learns.",
    paper: "arXiv:2310.03714",
    settings: drawSettings + [
      SettingDescription(
        name: "sets", kind: .integer(1...1000), defaultValue: .number(8),
        help: "Sets of shuffled rows, beside labelled rows and the rows in order."),
      SettingDescription(
        name: "trials", kind: .integer(1...10_000), defaultValue: .number(20),
        help: "Combinations scored."),
    ],
    isForInstructions: false,
    make: {
      BootstrapTPE(
        draws: draws($0), sets: $0.integer("sets"), trials: $0.integer("trials"))
    })

  /// KNN few-shot with its settings.
  static let knnFewShot = CatalogEntry(
    name: "knn-few-shot",
    summary: "Shows each example the training rows nearest to it by the embedder's vectors.",
    paper: "arXiv:2101.06804",
    settings: [
      SettingDescription(
        name: "shown", kind: .integer(1...64), defaultValue: .number(4),
        help: "Rows shown to an example."),
      SettingDescription(
        name: "pool", kind: .integer(1...100_000), defaultValue: .number(200),
        help: "The most training rows to choose among; all are saved with the program."),
      SettingDescription(
        name: "teaches", kind: .flag, defaultValue: .bool(true),
        help: "Whether the program's own work on the rows is tried too."),
      SettingDescription(
        name: "passing-score", kind: .number(0...1), defaultValue: .number(1),
        help: "The least score of an answer that becomes a demonstration."),
    ],
    isForInstructions: false, hasFinalists: false,
    make: {
      KNNFewShot(
        shown: $0.integer("shown"), pool: $0.integer("pool"), teaches: $0.flag("teaches"),
        passing: $0.number("passing-score"))
    })

  private static let demonstrations = SettingDescription(
    name: "demonstrations", kind: .integer(1...256), defaultValue: .number(16),
    help: "The most rows shown in a prompt.")

  /// The settings of how demonstrations are drawn.
  static let drawSettings = [
    SettingDescription(
      name: "lessons", kind: .integer(1...64), defaultValue: .number(4),
      help: "The most demonstrations that are the program's own work."),
    demonstrations,
    SettingDescription(
      name: "passing-score", kind: .number(0...1), defaultValue: .number(1),
      help: "The least score of an answer that becomes a demonstration."),
  ]

  /// How demonstrations are drawn, of settings that have no problems.
  static func draws(_ settings: SettingValues) -> DemonstrationDraws {
    DemonstrationDraws(
      lessons: settings.integer("lessons"), rows: settings.integer("demonstrations"),
      passing: settings.number("passing-score"))
  }
}
