// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The setting of the finalists, which every search that compares many prompts takes.
enum FinalistSettings {
  static let list = [
    SettingDescription(
      name: "finalists", kind: .integer(0...100), defaultValue: .number(5),
      help:
        "How many of the best prompts are scored on the training rows too before one is returned; 0 "
        + "is none, as in the papers. Unless it is set, dev alone decides where it has over 50 rows."
    )
  ]

  /// The search with the finalists of settings that have no problems.
  static func applied(
    _ settings: SettingValues, to optimizer: any Optimizer
  ) -> any Optimizer {
    let count = settings.integer("finalists")
    return WithFinalists(
      optimizer, settings.given.contains("finalists") ? Finalists(count: count) : .usual)
  }
}
