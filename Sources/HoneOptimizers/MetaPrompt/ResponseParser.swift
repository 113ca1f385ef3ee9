// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Reads the new prompt from an optimizer model's response, leniently.
///
/// What is put right is named in ``ParsedPrompt/repairs``; what cannot be read gives an empty text,
/// which a guard turns down.
public struct ResponseParser: Sendable {
  /// Creates a parser.
  public init() {}

  /// Reads a response.
  public func parse(_ response: String) -> ParsedPrompt {
    var result = ParsedPrompt(text: response.trimmed)
    takeTagged(&result)
    takeFenced(&result)
    takeListItem(&result)
    dropHeading(&result)
    dropMarks(&result)
    dropQuotes(&result)
    return result
  }

  private func takeTagged(_ result: inout ParsedPrompt) {
    let text = result.text
    let start = text.range(of: PromptWrapTags.start)
    let rest = start.map { text[$0.upperBound...] } ?? text[...]
    let end = rest.range(of: PromptWrapTags.end)
    result.text = (end.map { rest[..<$0.lowerBound] } ?? rest).trimmed
    switch (start != nil, end != nil) {
    case (true, true): break
    case (true, false): result.repairs.append("no closing tag")
    case (false, true): result.repairs.append("no opening tag")
    case (false, false): result.repairs.append("no tags")
    }
  }

  private func takeFenced(_ result: inout ParsedPrompt) {
    let parts = result.text.components(separatedBy: "```")
    guard parts.count >= 2 else { return }
    var lines = parts[1].split(separator: "\n", omittingEmptySubsequences: false)
    // The word after an opening fence names a language.
    if lines.count > 1, !lines[0].contains(" ") { lines.removeFirst() }
    result.text = lines.joined(separator: "\n").trimmed
    result.repairs.append("code fence removed")
  }

  private func takeListItem(_ result: inout ParsedPrompt) {
    guard result.repairs.contains("no tags") else { return }
    let lines = result.text.split(separator: "\n").map(\.trimmed)
    let items = lines.compactMap(Self.listItem)
    guard let first = items.first, items.count >= 2 || lines.count == 1 else { return }
    result.text = first
    result.repairs.append(items.count == 1 ? "list mark removed" : "first of \(items.count) taken")
  }

  private static func listItem(_ line: String) -> String? {
    let digits = line.prefix { $0.isNumber }
    let rest = line.dropFirst(digits.count)
    if !digits.isEmpty, digits.count <= 2, let mark = rest.first, ".):".contains(mark) {
      let item = rest.dropFirst().trimmed
      return item.isEmpty ? nil : item
    }
    guard digits.isEmpty, line.hasPrefix("- ") || line.hasPrefix("* ") else { return nil }
    return line.dropFirst(2).trimmed
  }

  private func dropHeading(_ result: inout ParsedPrompt) {
    let lowered = result.text.lowercased()
    for heading in ["new prompt:", "improved prompt:", "**prompt**:", "**prompt:**", "prompt:"]
    where lowered.hasPrefix(heading) {
      result.text = result.text.dropFirst(heading.count).trimmed
      result.repairs.append("heading removed")
      return
    }
  }

  private func dropMarks(_ result: inout ParsedPrompt) {
    guard result.text.contains("**") else { return }
    result.text = result.text.replacingOccurrences(of: "**", with: "").trimmed
    result.repairs.append("bold marks removed")
  }

  private func dropQuotes(_ result: inout ParsedPrompt) {
    let pairs: [Character: Character] = ["\"": "\"", "'": "'", "“": "”", "«": "»", "`": "`"]
    guard let first = result.text.first, let close = pairs[first], result.text.count >= 2,
      result.text.last == close
    else { return }
    let inner = result.text.dropFirst().dropLast()
    guard !inner.contains(first), !inner.contains(close) else { return }
    result.text = inner.trimmed
    result.repairs.append("quotes removed")
  }
}

/// A prompt read from a response, and what had to be put right.
public struct ParsedPrompt: Sendable, Hashable {
  /// The prompt; empty when there was none.
  public var text: String
  /// What was put right, in the order it was done.
  public var repairs: [String] = []
}
