// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a field of a reply must be like beyond its type.
///
/// A reply that is not is asked for again with the reason. When no attempt is left, one that is
/// required makes the stage fail, and one that is wished for is let pass and stays in the trace.
/// Singhvi et al., "DSPy Assertions", arXiv:2312.13382.
public struct FieldCheck: Sendable, Hashable, Codable {
  /// The rules there are.
  public enum Rule: Sendable, Hashable, Codable {
    /// At most so many words.
    case maxWords(Int)
    /// At least so many words.
    case minWords(Int)
    /// The regular expression matches somewhere.
    case matches(String)
    /// The text does not hold any of these, whatever the case.
    case without([String])
  }

  /// The field.
  public var field: String
  /// The rule.
  public var rule: Rule
  /// Whether the stage fails when it is not met, or is only told.
  public var isRequired: Bool

  /// Creates a check.
  public init(field: String, _ rule: Rule, isRequired: Bool) {
    self.field = field
    self.rule = rule
    self.isRequired = isRequired
  }

  /// Whether a value meets it.
  public func isMet(by value: String) -> Bool {
    let words = value.split(whereSeparator: \.isWhitespace).count
    switch rule {
    case .maxWords(let most): return words <= most
    case .minWords(let least): return words >= least
    case .without(let texts):
      let text = value.lowercased()
      return !texts.contains { text.contains($0.lowercased()) }
    case .matches(let pattern):
      guard let expression = try? NSRegularExpression(pattern: pattern) else { return false }
      let range = NSRange(value.startIndex..., in: value)
      return expression.firstMatch(in: value, range: range) != nil
    }
  }

  /// What is asked, as the end of a sentence.
  public var requirement: String {
    switch rule {
    case .maxWords(let most): "have at most \(most) words"
    case .minWords(let least): "have at least \(least) words"
    case .matches(let pattern): "match \(pattern)"
    case .without(let texts): "not hold \(texts.map { "\"\($0)\"" }.joined(separator: " or "))"
    }
  }
}
