// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension GridSettings {
  /// Settings that were given together and cannot both have an effect.
  static func contradictions(in settings: SettingValues) -> [String] {
    idle(in: settings) + stepSizeOrder(in: settings)
  }

  /// A setting's value, and the settings that have no effect beside it.
  struct Idle: Sendable {
    let setting: String
    let value: String
    /// Why, as the end of a sentence.
    var reason = ""
    let names: [String]
  }

  private static let rules: [Idle] = [
    Idle(
      setting: "decay", value: "none",
      names: ["step-size-start", "step-size-end", "warmup", "reject-large-steps"]),
    Idle(
      setting: "decay", value: "fixed", reason: ", which stays at step-size-start",
      names: ["step-size-end"]),
    Idle(setting: "trajectory", value: "none", names: ["k"]),
    Idle(
      setting: "proposer", value: "phrasebook", reason: ", which asks no model",
      names: ["temperature", "max-tokens", "format-examples", "trajectory", "k", "direction"]),
  ]

  private static func idle(in settings: SettingValues) -> [String] {
    rules.filter { settings.word($0.setting) == $0.value }.flatMap { rule in
      rule.names.filter { settings.given.contains($0) && !settings.isOff($0) }.map { name in
        "\(settings.optimizer): \"\(name)\" has no effect with \(rule.setting) \(rule.value)"
          + "\(rule.reason); leave one of the two out"
      }
    }
  }

  private static func stepSizeOrder(in settings: SettingValues) -> [String] {
    let start = settings.integer("step-size-start")
    let end = settings.integer("step-size-end")
    guard ["linear", "cosine"].contains(settings.word("decay")), end > start else { return [] }
    return [
      "\(settings.optimizer): \"step-size-end\" is \(end) and must be at most step-size-start, "
        + "which is \(start)"
    ]
  }
}

extension SettingValues {
  /// Whether a setting was given as false or 0.
  fileprivate func isOff(_ name: String) -> Bool {
    values[name] == .bool(false) || values[name] == .number(0)
  }
}
