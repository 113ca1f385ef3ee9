// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// Settings that were given together and cannot both have an effect.
  static func contradictions(in settings: SettingValues) -> [String] {
    stepSizeContradictions(in: settings) + proposerContradictions(in: settings)
  }

  private static func stepSizeContradictions(in settings: SettingValues) -> [String] {
    var problems: [String] = []
    let decay = settings.word("decay")
    if decay == "none" {
      for name in ["step-size-start", "step-size-end", "warmup", "reject-large-steps"]
      where settings.given.contains(name) && !settings.isOff(name) {
        problems.append("gpo: \"\(name)\" has no effect with decay none; leave one of the two out")
      }
      return problems
    }
    if decay == "fixed", settings.given.contains("step-size-end") {
      problems.append(
        "gpo: \"step-size-end\" has no effect with decay fixed, which stays at step-size-start; "
          + "leave one of the two out")
    }
    let start = settings.integer("step-size-start")
    let end = settings.integer("step-size-end")
    if decay != "fixed", end > start {
      problems.append(
        "gpo: \"step-size-end\" is \(end) and must be at most step-size-start, which is \(start)")
    }
    return problems
  }

  private static func proposerContradictions(in settings: SettingValues) -> [String] {
    var problems: [String] = []
    if settings.word("trajectory") == "none", settings.given.contains("k") {
      problems.append("gpo: \"k\" has no effect with trajectory none; leave one of the two out")
    }
    if settings.word("proposer") == "phrasebook" {
      for name in ["temperature", "max-tokens", "format-examples", "trajectory", "k", "direction"]
      where settings.given.contains(name) {
        problems.append(
          "gpo: \"\(name)\" has no effect with proposer phrasebook, which asks no model; leave one "
            + "of the two out")
      }
    }
    return problems
  }
}

extension SettingValues {
  /// Whether a setting was given as false or 0.
  fileprivate func isOff(_ name: String) -> Bool {
    !flag(name) && number(name) == 0
  }
}
