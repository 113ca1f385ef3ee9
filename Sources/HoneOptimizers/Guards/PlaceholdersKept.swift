// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Turns down a text whose placeholders, such as `{name}`, are not those of its parent.
public struct PlaceholdersKept: ProposalGuard {
  /// Creates it.
  public init() {}

  /// `placeholders` with what is missing and what was added.
  public func problem(with text: String, in context: GuardContext) -> RejectionReason? {
    let wanted = Self.placeholders(of: context.parent)
    let found = Self.placeholders(of: text)
    guard wanted != found else { return nil }
    return .placeholders(
      missing: wanted.subtracting(found).sorted(), added: found.subtracting(wanted).sorted())
  }

  /// The names in braces in a text: letters, digits, `_`, `-` and `.`, at most 40 of them.
  static func placeholders(of text: String) -> Set<String> {
    var names: Set<String> = []
    for piece in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
      guard let end = piece.firstIndex(of: "}") else { continue }
      let name = piece[..<end]
      let isName = name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
      if !name.isEmpty, name.count <= 40, isName { names.insert(String(name)) }
    }
    return names
  }
}
