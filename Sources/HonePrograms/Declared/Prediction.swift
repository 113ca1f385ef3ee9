// SPDX-License-Identifier: Apache-2.0

/// A declared signature's value with what else the stage wrote.
///
/// Fields are read from it directly: `result.answer`.
@dynamicMemberLookup
public struct Prediction<Declared: DeclaredSignature>: Sendable {
  /// What was read and written.
  public let value: Declared
  /// What a chain of thought wrote before its answer; nil without one.
  public let reasoning: String?
  /// All outputs as texts in normal form.
  public let texts: [String: String]

  /// A field's value.
  public subscript<Value>(dynamicMember path: KeyPath<Declared, Value>) -> Value {
    value[keyPath: path]
  }
}
