// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The settings of a choice: the given values over the defaults.
struct SettingValues: Sendable {
  /// The optimizer's name.
  let optimizer: String
  /// What is wrong with the given values.
  let problems: [String]
  /// The names that were given.
  let given: Set<String>
  let values: [String: JSONValue]

  init(description: OptimizerDescription, given: [String: JSONValue]) {
    optimizer = description.name
    var problems: [String] = []
    var values: [String: JSONValue] = [:]
    for setting in description.settings {
      values[setting.name] = setting.defaultValue
      guard let value = given[setting.name] else { continue }
      if let problem = setting.problem(with: value) {
        problems.append("\(description.name): \"\(setting.name)\" \(problem)")
      } else {
        values[setting.name] = value
      }
    }
    let names = description.settings.map(\.name)
    for name in given.keys.sorted() where !names.contains(name) {
      problems.append(
        "\(description.name): there is no setting \"\(name)\""
          + Catalog.nearest(to: name, in: names))
    }
    self.problems = problems
    self.values = values
    self.given = Set(given.keys)
  }

  /// A whole number; 0 for a setting that is none.
  func integer(_ name: String) -> Int {
    values[name]?.numberValue.flatMap { Int(exactly: $0) } ?? 0
  }

  /// A number; 0 for a setting that is none.
  func number(_ name: String) -> Double { values[name]?.numberValue ?? 0 }

  /// A word; empty for a setting that is none.
  func word(_ name: String) -> String { values[name]?.stringValue ?? "" }

  /// A flag; false for a setting that is none.
  func flag(_ name: String) -> Bool { values[name] == .bool(true) }
}
