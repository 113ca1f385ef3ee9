// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A file of one JSON object that states what a model is.
struct ConfigurationFile: Sendable {
  private let numbers: [String: Double]
  private let texts: [String: String]
  private let truths: [String: Bool]
  /// The names that are there with something other than null.
  let present: Set<String>
  /// The file's path, for messages.
  let path: String

  /// Reads the file; what belongs to a text model inside `text_config` counts as stated itself.
  /// - Throws: ``TrainingError`` of kind `disk` or `badModel`.
  init(_ file: URL) throws(TrainingError) {
    guard let data = try? Data(contentsOf: file) else {
      throw TrainingError(.disk, "\(file.path) cannot be read.")
    }
    guard let object = try? JSONSerialization.jsonObject(with: data),
      let members = object as? [String: Any]
    else { throw TrainingError(.badModel, "\(file.path) is no JSON object.") }
    self.init(members, path: file.path)
  }

  init(_ members: [String: Any], path: String) {
    var numbers: [String: Double] = [:]
    var texts: [String: String] = [:]
    var truths: [String: Bool] = [:]
    var present: Set<String> = []
    for (name, value) in members where !(value is NSNull) {
      present.insert(name)
      if let text = value as? String {
        texts[name] = text
      } else if let number = value as? NSNumber {
        numbers[name] = number.doubleValue
        truths[name] = number.boolValue
      } else if let inner = value as? [String: Any] {
        // What is stated inside has both names, such as rope_scaling.factor.
        for (part, value) in inner {
          if let text = value as? String { texts["\(name).\(part)"] = text }
          if let number = value as? NSNumber { numbers["\(name).\(part)"] = number.doubleValue }
        }
      } else if let list = value as? [NSNumber], let first = list.first {
        numbers[name] = first.doubleValue
      }
    }
    self.numbers = numbers
    self.texts = texts
    self.truths = truths
    self.present = present
    self.path = path
  }

  /// A text, or nil.
  func text(_ name: String) -> String? { texts[name] }

  /// A truth, or nil.
  func truth(_ name: String) -> Bool? { truths[name] }

  /// A number, or nil.
  func number(_ name: String) -> Double? { numbers[name] }

  /// A whole number that may be left out.
  func whole(_ name: String) -> Int? { numbers[name].flatMap { Int(exactly: $0) } }

  /// A whole number above 0 that must be there.
  /// - Throws: ``TrainingError`` of kind `badModel`.
  func need(_ name: String) throws(TrainingError) -> Int {
    guard let value = whole(name), value > 0, value < 1 << 32 else {
      throw TrainingError(
        .badModel, "\(path) states no whole number above 0 for “\(name)”.")
    }
    return value
  }
}
