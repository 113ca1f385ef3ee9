// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Why a request is not answered, in the form of OpenAI's errors.
public struct ServedError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The status of HTTP.
  public var status: Int
  /// What is wrong and what to do.
  public var description: String
  /// The field that is wrong, if it is one.
  public var field: String?
  /// A word for programs, if there is one.
  public var code: String?

  /// Creates an error.
  public init(_ status: Int, _ description: String, field: String? = nil, code: String? = nil) {
    self.status = status
    self.description = description
    self.field = field
    self.code = code
  }

  /// A model that is not served.
  public static func unknownModel(_ name: String, known: [String]) -> ServedError {
    let list = known.isEmpty ? "none" : known.joined(separator: ", ")
    return ServedError(
      404, "The model “\(name.prefix(80))” is not served here; there are: \(list).",
      field: "model", code: "model_not_found")
  }

  /// The body of the response.
  var body: JSONValue {
    .object([
      "error": .object([
        "message": .string(description),
        "type": .string(status < 500 ? "invalid_request_error" : "server_error"),
        "param": field.map { .string($0) } ?? .null, "code": code.map { .string($0) } ?? .null,
      ])
    ])
  }
}
