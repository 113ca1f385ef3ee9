// SPDX-License-Identifier: Apache-2.0

/// A sequence of brackets, without the spaces between them.
///
/// Read is the first run of brackets after the first announcement that has one, else the last run of
/// the response. Brackets that enclose words, as in "(see above)", do not count.
struct BracketsAnswer: AnswerReader {
  var name: String { "brackets" }
  var options: [String]? { nil }

  var finalTurnRequest: String {
    "Give the final answer only, as a sequence of brackets separated by spaces."
  }

  func read(_ response: String) -> String? {
    let text = AnnouncedText(response)
    if case .found(let answer) = announced(in: text) { return answer }
    return Self.runs(in: text.scalars[...]).last?.brackets
  }

  func isDecided(_ partial: String) -> Bool {
    if case .found = announced(in: AnnouncedText(partial, isOpen: true)) { return true }
    return false
  }

  private func announced(in text: AnnouncedText) -> AnnouncedText.Visit<String> {
    var searched = 0
    return text.firstAnnounced(after: { start in
      // A second announcement on a line without brackets finds none either.
      if start < searched { return .none }
      guard let content = text.contentStart(from: start) else {
        return text.isOpen ? .undecided : .none
      }
      let part = text.line(from: content)
      guard let run = Self.runs(in: text.scalars[part.range]).first else {
        searched = part.range.upperBound
        return part.isComplete ? .none : .undecided
      }
      if part.isComplete || run.end < part.range.upperBound { return .found(run.brackets) }
      return .undecided
    })
  }

  private struct Run {
    var brackets: String
    var end: Int
  }

  /// Runs of brackets with at most white space and Markdown marks between them.
  private static func runs(in scalars: ArraySlice<Unicode.Scalar>) -> [Run] {
    var runs: [Run] = []
    var current = String.UnicodeScalarView()
    func isWord(_ index: Int) -> Bool {
      guard scalars.indices.contains(index) else { return false }
      let properties = scalars[index].properties
      return properties.isAlphabetic || properties.numericType != nil
    }
    for (index, scalar) in zip(scalars.indices, scalars) {
      let isBracket: Bool
      switch scalar {
      case "(", "[", "{", "<": isBracket = !isWord(index + 1)
      case ")", "]", "}", ">": isBracket = !isWord(index - 1)
      default: isBracket = false
      }
      if isBracket {
        current.append(scalar)
      } else if !scalar.properties.isWhitespace, scalar != "`", scalar != "*", !current.isEmpty {
        runs.append(Run(brackets: String(current), end: index))
        current = String.UnicodeScalarView()
      }
    }
    if !current.isEmpty { runs.append(Run(brackets: String(current), end: scalars.endIndex)) }
    return runs
  }
}
