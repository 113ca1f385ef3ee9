// SPDX-License-Identifier: Apache-2.0

/// One row of data: named input fields and the answers that count as right.
public struct Example: Sendable, Hashable, Codable, Identifiable {
  /// The row's name, unique in its data set, such as `tickets.jsonl:12`.
  public var id: String
  /// The text of each input field, by name.
  public var fields: [String: String]
  /// The acceptable answers, the preferred one first; empty when the task has none.
  public var references: [String]
  /// Images that are shown with the prompt; nil for none.
  public var images: [ImagePart]?

  /// Creates a row.
  public init(
    id: String, fields: [String: String], references: [String], images: [ImagePart]? = nil
  ) {
    self.id = id
    self.fields = fields
    self.references = references
    self.images = images
  }
}
