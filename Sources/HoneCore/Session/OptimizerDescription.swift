// SPDX-License-Identifier: Apache-2.0

/// An optimizer as the catalog, the task reader, the command line and the schema know it.
public struct OptimizerDescription: Sendable, Hashable {
  /// The name, such as `gpo`.
  public var name: String
  /// One sentence on what it does.
  public var summary: String
  /// The paper it follows, with its identifier.
  public var paper: String
  /// Its settings.
  public var settings: [SettingDescription]
  /// Whether it reads what a metric says of an answer beside the score.
  public var readsFeedback: Bool

  /// Creates a description.
  public init(
    name: String, summary: String, paper: String, settings: [SettingDescription],
    readsFeedback: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.paper = paper
    self.settings = settings
    self.readsFeedback = readsFeedback
  }
}

/// A setting: its name, what values it takes, its default and what it does.
public struct SettingDescription: Sendable, Hashable {
  /// The values a setting takes.
  public enum Kind: Sendable, Hashable {
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case choice([String])
    case flag
    case text
  }

  /// The name, in lower case with hyphens.
  public var name: String
  /// The values it takes.
  public var kind: Kind
  /// The value when it is not given.
  public var defaultValue: JSONValue
  /// One sentence on what it does.
  public var help: String

  /// Creates a setting.
  public init(name: String, kind: Kind, defaultValue: JSONValue, help: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.help = help
  }

  /// What is wrong with a value, or nil when it is fine.
  public func problem(with value: JSONValue) -> String? {
    switch (kind, value) {
    case (.integer(let range), .number(let number)):
      if let whole = Int(exactly: number), range.contains(whole) { return nil }
      return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
    case (.number(let range), .number(let number)):
      if range.contains(number) { return nil }
      return "must be a number from \(range.lowerBound) to \(range.upperBound)"
    case (.choice(let words), .string(let word)) where words.contains(word): return nil
    case (.choice(let words), _):
      return "must be one of \(words.joined(separator: ", "))"
    case (.flag, .bool), (.text, .string): return nil
    case (.flag, _): return "must be true or false"
    case (.text, _): return "must be a text"
    case (.integer(let range), _):
      return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
    case (.number(let range), _):
      return "must be a number from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}
