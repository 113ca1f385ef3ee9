// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Turns down a text that repeats a training row word for word.
///
/// A row is repeated when `run` of its words in a row stand in the text, or all of them when a field
/// has fewer but at least `shortest`. Words are compared in lower case without punctuation. What the
/// parent prompt already says is not counted.
public struct NoCopiedRows: ProposalGuard {
  /// The number of words in a row that count as a copy.
  public var run: Int
  /// Fields of fewer words are never counted.
  public var shortest: Int

  /// Creates a guard.
  public init(run: Int = 8, shortest: Int = 4) {
    self.run = run
    self.shortest = shortest
  }

  /// `copiesExample` with the row's id.
  public func problem(with text: String, in context: GuardContext) -> RejectionReason? {
    let textWords = Self.words(of: text)
    let parentWords = Self.words(of: context.parent)
    guard textWords.count >= shortest else { return nil }
    var known: [Int: (text: Set<[String]>, parent: Set<[String]>)] = [:]
    for example in context.train {
      for field in example.fields.sorted(by: { $0.key < $1.key }) {
        let words = Self.words(of: field.value)
        guard words.count >= shortest else { continue }
        let length = min(run, words.count)
        let sets =
          known[length]
          ?? (
            Set(Self.runs(of: length, in: textWords)), Set(Self.runs(of: length, in: parentWords))
          )
        known[length] = sets
        let isCopied = Self.runs(of: length, in: words).contains {
          sets.text.contains($0) && !sets.parent.contains($0)
        }
        if isCopied { return .copiesExample(id: example.id) }
      }
    }
    return nil
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  private static func runs(of length: Int, in words: [String]) -> [[String]] {
    guard length > 0, words.count >= length else { return [] }
    return (0...(words.count - length)).map { Array(words[$0..<($0 + length)]) }
  }
}
