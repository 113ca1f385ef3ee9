// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a scoring program reads: one JSON object a line for each response.
///
/// A line has the members `id`, `fields` (an object of texts), `references` (an array of texts),
/// `response` and `answer` (a text, or null when none could be read).
public struct CommandInput: Sendable, Hashable, Codable {
  /// The example's id.
  public var id: String
  /// The text of each input field, by name.
  public var fields: [String: String]
  /// The acceptable answers.
  public var references: [String]
  /// The model's text.
  public var response: String
  /// The answer in normal form, or nil when none could be read.
  public var answer: String?

  /// Creates a line.
  public init(example: Example, response: String, answer: String?) {
    id = example.id
    fields = example.fields
    references = example.references
    self.response = response
    self.answer = answer
  }

  /// Writes all members, `answer` also when it is null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(fields, forKey: .fields)
    try container.encode(references, forKey: .references)
    try container.encode(response, forKey: .response)
    try container.encode(answer, forKey: .answer)
  }

  /// The lines as UTF-8 text, each ended by a line feed.
  /// - Throws: `EncodingError`, which does not happen with these members.
  public static func lines(_ inputs: [CommandInput]) throws -> Data {
    var data = Data()
    for input in inputs {
      data.append(try CanonicalJSON.encode(input))
      data.append(UInt8(ascii: "\n"))
    }
    return data
  }
}
