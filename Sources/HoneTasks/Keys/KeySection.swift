// SPDX-License-Identifier: Apache-2.0

/// The keys of one mapping in the task file.
struct KeySection: Sendable {
  var keys: [Key]

  init(_ keys: [Key]) {
    self.keys = keys
  }

  subscript(name: String) -> Key? { keys.first { $0.name == name } }
}

/// A key: its name, the values it takes and what it does.
struct Key: Sendable {
  var name: String
  var kind: ValueKind
  var isRequired: Bool
  /// The value when it is left out, as it would be written, where there is one.
  var defaultValue: String?
  /// One sentence on what it does, shown by editors.
  var help: String

  init(
    _ name: String, _ kind: ValueKind, required: Bool = false, default: String? = nil,
    _ help: String
  ) {
    self.name = name
    self.kind = kind
    isRequired = required
    defaultValue = `default`
    self.help = help
  }
}
