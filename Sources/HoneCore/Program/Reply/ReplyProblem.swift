// SPDX-License-Identifier: Apache-2.0

/// Why the fields of a stage could not be read from a reply.
public enum ReplyProblem: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  /// A field is not there, or is empty.
  case missing(field: String)
  /// A field's value is not of its type.
  case wrongType(field: String, required: String, received: String)
  /// The reply holds no JSON object.
  case noObject
  /// The reply was read and does not meet what is asked beyond its types.
  case unmet(String)

  /// What was required and what was there.
  public var description: String {
    switch self {
    case .missing(let field): "the field \(field) is missing or empty"
    case .wrongType(let field, let required, let received):
      "the field \(field) must be \(required), not \"\(received)\""
    case .noObject: "there is no JSON object in the reply"
    case .unmet(let requirement): requirement
    }
  }

  /// What the model is told when it is asked again.
  public var request: String {
    if case .unmet(let requirement) = self {
      return "That answer is not as it should be: \(requirement). Answer again, in the same form."
    }
    return "That answer cannot be read: \(description). Answer again, in the form asked for."
  }
}
