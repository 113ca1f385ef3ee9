// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension GridSettings {
  /// Settings that were given together and cannot both have an effect.
  static func contradictions(in settings: SettingValues) -> [String] {
    let selection = settings.word("selection")
    return idle(in: settings) + unreadable(in: settings) + bounds(in: settings)
      + (selection.isEmpty
        ? [] : Catalog.selectionContradictions(in: settings, of: settings.optimizer))
  }

  /// Values of a setting, and the settings that have no effect beside them.
  struct Idle: Sendable {
    let setting: String
    let values: [String]
    /// Why, as the end of a sentence.
    var reason = ""
    let names: [String]
  }

  private static let rules: [Idle] = [
    Idle(
      setting: "decay", values: ["none"],
      names: ["step-size-start", "step-size-end", "warmup", "reject-large-steps"]),
    Idle(
      setting: "decay", values: ["fixed"], reason: ", which stays at step-size-start",
      names: ["step-size-end"]),
    Idle(setting: "trajectory", values: ["none"], names: ["k", "momentum", "history"]),
    Idle(
      setting: "trajectory", values: ["summary"], reason: ", which tells of every step",
      names: ["k", "history"]),
    Idle(
      setting: "trajectory", values: ["none", "recency", "relevance", "summary"],
      names: ["score-threshold"]),
    Idle(
      setting: "momentum", values: ["reflections"], reason: ", which shows no prompts",
      names: ["history"]),
    Idle(setting: "next-prompt", values: ["best-that-never-won", "best-so-far"], names: ["beam"]),
    Idle(
      setting: "proposer", values: ["phrasebook"], reason: ", which asks no model",
      names: ["temperature", "max-tokens", "format-examples", "direction"]),
    Idle(
      setting: "proposer", values: ["meta-prompt", "completion"],
      reason: ", which has no phrasebook", names: ["phrasebook-reads"]),
  ]

  /// What a phrasebook reads of the trajectory only when it is told to.
  private static let lookBack = Idle(
    setting: "proposer", values: ["phrasebook"],
    reason: " unless phrasebook-reads is trajectory, since it asks no model",
    names: ["trajectory", "k", "momentum", "history", "score-threshold"])

  private static func idle(in settings: SettingValues) -> [String] {
    let readsTrajectory = settings.word("phrasebook-reads") == "trajectory"
    let rules = readsTrajectory ? rules : rules + [lookBack]
    return rules.filter { $0.values.contains(settings.word($0.setting)) }.flatMap { rule in
      rule.names.filter { settings.given.contains($0) && !settings.isOff($0) }.map { name in
        "\(settings.optimizer): \"\(name)\" has no effect with \(rule.setting) "
          + "\(settings.word(rule.setting))\(rule.reason); leave one of the two out"
      }
    }
  }

  /// Parts that would speak of what is not there, or to a model that is not asked.
  private static func unreadable(in settings: SettingValues) -> [String] {
    var problems: [String] = []
    let direction = settings.word("direction")
    if settings.word("momentum") == "reflections", direction != "reflection" {
      problems.append(
        "\(settings.optimizer): momentum reflections needs direction reflection, and the direction "
          + "is \(direction)")
    }
    guard settings.word("proposer") == "phrasebook" else { return problems }
    let readsTrajectory = settings.word("phrasebook-reads") == "trajectory"
    let parts = [
      ("direction", "reflection"), ("trajectory", "summary"), ("momentum", "reflections"),
    ]
    for (name, value) in parts where settings.word(name) == value {
      // What has no effect was told of already.
      if settings.given.contains(name), name == "direction" || !readsTrajectory { continue }
      problems.append(
        "\(settings.optimizer): \(name) \(value) is written and read by an optimizer model, and "
          + "proposer phrasebook asks none; take proposer meta-prompt, completion or mixture")
    }
    return problems
  }

  private static func bounds(in settings: SettingValues) -> [String] {
    var problems: [String] = []
    func compare(_ name: String, _ limit: String) {
      let value = settings.integer(name)
      let most = settings.integer(limit)
      guard value > most else { return }
      problems.append(
        "\(settings.optimizer): \"\(name)\" is \(value) and must be at most \(limit), which is "
          + "\(most)")
    }
    if ["linear", "cosine"].contains(settings.word("decay")) {
      compare("step-size-end", "step-size-start")
    }
    if settings.word("next-prompt") == "beam" { compare("beam", "candidates") }
    return problems
  }
}

extension SettingValues {
  /// Whether a setting was given as false or 0.
  fileprivate func isOff(_ name: String) -> Bool {
    values[name] == .bool(false) || values[name] == .number(0)
  }
}
