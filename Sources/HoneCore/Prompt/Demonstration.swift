// SPDX-License-Identifier: Apache-2.0

/// An example shown in the prompt together with its answer.
public struct Demonstration: Sendable, Hashable, Codable {
  /// The text of each input field, by name; in a stage with typed fields also of the outputs that
  /// come before the answer, such as the reasoning.
  public var fields: [String: String]
  /// The answer shown.
  public var answer: String

  /// Creates a demonstration.
  public init(fields: [String: String], answer: String) {
    self.fields = fields
    self.answer = answer
  }
}
