// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What is done to a text before it is cut.
struct TextNormalization: Sendable, Hashable {
  /// Where a ▁ is put before a text.
  enum Beginning: Sendable, Hashable {
    case none
    /// Before every part between added tokens.
    case everyPart
    /// Before the text, unless it begins with one.
    case text
  }

  /// Whether texts are brought to Unicode's composed form.
  var composes = false
  /// Whether blanks are written ▁.
  var marksBlanks = false
  var beginning = Beginning.none

  /// A part of a text as it is cut.
  /// - Parameters:
  ///   - part: What stands between two added tokens.
  ///   - isFirst: Whether the text begins with it.
  /// - Returns: The part after all changes.
  func applied(to part: String, isFirst: Bool) -> String {
    guard !part.isEmpty else { return part }
    var text = composes ? part.precomposedStringWithCanonicalMapping : part
    if marksBlanks { text = text.replacing(" ", with: Self.blank) }
    switch beginning {
    case .none: return text
    case .everyPart: return Self.blank + text
    case .text: return isFirst && !text.hasPrefix(Self.blank) ? Self.blank + text : text
    }
  }

  static let blank = "\u{2581}"
}
