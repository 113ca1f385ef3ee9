// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneReport

/// What is said of an optimizer.
enum OptimizerText {
  /// An optimizer with its paper and all its settings.
  static func settings(
    of optimizer: OptimizerDescription, columns: Int, _ style: TerminalStyle
  ) -> String {
    let width = min(max(columns, 40), 100)
    var lines = DisplayWidth.wrap("\(optimizer.name): \(optimizer.summary)", to: width)
    lines += DisplayWidth.wrap("After \(optimizer.paper)", to: width).map(style.dim)
    if optimizer.readsFeedback {
      lines += DisplayWidth.wrap(
        "It reads the feedback of a metric, where there is any.", to: width
      )
      .map(style.dim)
    }
    lines.append("")
    for setting in optimizer.settings {
      lines.append(
        "  " + style.bold(setting.name) + "  " + values(setting.kind)
          + style.dim(", default \(JSONLine.text(setting.defaultValue))"))
      lines += DisplayWidth.wrap(setting.help, to: width - 6).map { "      " + $0 }
    }
    lines += ["", "Set one with --set NAME=VALUE, or under optimizer in the task file."]
    return lines.joined(separator: "\n")
  }

  /// An optimizer as a JSON object.
  static func members(of optimizer: OptimizerDescription) -> [String: JSONValue] {
    let settings: [JSONValue] = optimizer.settings.map { setting in
      .object([
        "name": .string(setting.name), "values": .string(values(setting.kind)),
        "default": setting.defaultValue, "help": .string(setting.help),
      ])
    }
    return [
      "name": .string(optimizer.name), "summary": .string(optimizer.summary),
      "paper": .string(optimizer.paper), "settings": .array(settings),
      "readsFeedback": .bool(optimizer.readsFeedback),
    ]
  }

  private static func values(_ kind: SettingDescription.Kind) -> String {
    switch kind {
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): words.joined(separator: ", ")
    case .flag: "true or false"
    case .text: "a text"
    }
  }
}
