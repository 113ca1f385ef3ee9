// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Finds the passages that share the rarest words with a query.
///
/// Okapi BM25 (Robertson, Walker, Jones, Hancock-Beaulieu and Gatford, "Okapi at TREC-3", 1994), with
/// the inverse document frequency of Lucene, which is never negative. Words are runs of letters and
/// digits, in lower case.
public struct BM25Index: Sendable {
  /// A text that can be found.
  public typealias Passage = HonePrograms.Passage
  /// A passage with its score, above 0.
  public typealias Hit = PassageHit

  /// The passages.
  public let passages: [Passage]
  private let k1: Double
  private let b: Double
  /// For each word the passages that hold it, with how often.
  private let postings: [String: [(passage: Int, count: Int)]]
  private let lengths: [Int]
  private let meanLength: Double

  /// Indexes passages; takes time linear in their text.
  ///
  /// - Parameters:
  ///   - passages: What can be found.
  ///   - k1: How much a word that stands often counts more.
  ///   - b: How much long passages are held back, in 0…1.
  public init(_ passages: [Passage], k1: Double = 1.2, b: Double = 0.75) {
    self.passages = passages
    self.k1 = k1
    self.b = b
    var postings: [String: [(passage: Int, count: Int)]] = [:]
    var lengths: [Int] = []
    for (index, passage) in passages.enumerated() {
      let words = Self.words(passage.text)
      lengths.append(words.count)
      for (word, count) in Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +) {
        postings[word, default: []].append((index, count))
      }
    }
    self.postings = postings
    self.lengths = lengths
    meanLength = lengths.isEmpty ? 0 : Double(lengths.reduce(0, +)) / Double(lengths.count)
  }

  /// The passages that fit a query best, the best first, of equals the earlier; those that share no
  /// word with it are left out.
  public func search(_ query: String, count: Int) -> [Hit] {
    var scores: [Int: Double] = [:]
    for word in Set(Self.words(query)) {
      guard let found = postings[word] else { continue }
      let with = Double(found.count) + 0.5
      let without = Double(passages.count - found.count) + 0.5
      let rarity = log(1 + without / with)
      for (passage, times) in found {
        let share = Double(lengths[passage]) / meanLength
        let length: Double = 1 - b + b * share
        let count = Double(times)
        let frequency: Double = count * (k1 + 1) / (count + k1 * length)
        scores[passage, default: 0] += rarity * frequency
      }
    }
    let ranked = scores.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    return ranked.prefix(max(0, count)).map {
      PassageHit(passage: passages[$0.key], score: $0.value)
    }
  }

  /// The words of a text.
  static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

extension BM25Index {
  /// Reads passages from a file of JSON lines, or from all such files of a folder.
  ///
  /// - Parameters:
  ///   - location: The file or folder.
  ///   - field: The member with the text.
  ///   - id: The member with the name; without one, the line's number is the name.
  /// - Throws: ``PassageFileProblem`` that names the line.
  public init(jsonLines location: URL, field: String = "text", id: String? = nil) throws {
    self.init(try PassageFolder(location, field: field, id: id).passages())
  }
}
