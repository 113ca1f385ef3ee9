// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore

/// A setting of an optimizer given as `name=value`.
struct SettingValue: Sendable, Hashable {
  let name: String
  let text: String
  /// The flag that gave it.
  let flag: String

  init(name: String, text: String, flag: String) {
    self.name = name
    self.text = text
    self.flag = flag
  }

  /// As it was written on the command line.
  var written: String { flag == "--set" ? "--set \(name)=\(text)" : "\(flag) \(text)" }

  init(_ argument: String) throws {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else {
      throw ValidationError(
        "write a setting and its value, such as candidates=8, not “\(argument)”")
    }
    name = String(argument[..<sign])
    text = String(argument[argument.index(after: sign)...])
    flag = "--set"
  }

  /// The value as the optimizer's description asks for it.
  /// - Throws: `CommandFailure` that names the setting, what it takes and the nearest right word.
  func value(for optimizer: OptimizerDescription) throws(CommandFailure) -> JSONValue {
    guard let setting = optimizer.settings.first(where: { $0.name == name }) else {
      throw .mistake(
        NearestName.message(
          "the optimizer \(optimizer.name) has no setting “\(name)”", for: name,
          among: optimizer.settings.map(\.name))
          + " They are listed by: hone optimizers \(optimizer.name)")
    }
    let value = parsed(as: setting.kind)
    if let problem = setting.problem(with: value) {
      let label = flag == "--set" ? "--set \(name)" : flag
      throw .mistake("\(label): \(problem), not “\(text)”")
    }
    return value
  }

  private func parsed(as kind: SettingDescription.Kind) -> JSONValue {
    switch kind {
    case .integer, .number: Double(text).map { .number($0) } ?? .string(text)
    case .flag:
      switch text.lowercased() {
      case "true", "yes", "on": .bool(true)
      case "false", "no", "off": .bool(false)
      default: .string(text)
      }
    case .choice, .text: .string(text)
    }
  }
}
