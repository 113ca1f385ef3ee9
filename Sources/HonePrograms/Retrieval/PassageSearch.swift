// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Finds the passages that fit a query best.
///
/// An index is a value: one that compares vectors is given the query's, so that a run can record it.
public protocol PassageSearch: Sendable {
  /// Whether a query's vector is needed; it costs an embedder call.
  var needsVector: Bool { get }

  /// The passages that fit best, the best first, of equals the earlier.
  ///
  /// `vector` is that of the query by the index's embedder; without a needed one nothing is found.
  func search(_ query: String, vector: Embedding?, count: Int) -> [PassageHit]
}

/// A text that can be found.
public struct Passage: Sendable, Hashable, Codable {
  /// The name, unique in the index.
  public var id: String
  /// The text.
  public var text: String

  /// Creates a passage.
  public init(id: String, text: String) {
    self.id = id
    self.text = text
  }
}

/// A passage with its score.
public struct PassageHit: Sendable, Hashable {
  /// The passage.
  public var passage: Passage
  /// How well it fits; higher is better.
  public var score: Double

  /// Creates a hit.
  public init(passage: Passage, score: Double) {
    self.passage = passage
    self.score = score
  }
}

extension BM25Index: PassageSearch {
  /// Words alone.
  public var needsVector: Bool { false }

  /// The passages that share words with the query, as ``search(_:count:)``.
  public func search(_ query: String, vector: Embedding?, count: Int) -> [PassageHit] {
    search(query, count: count)
  }
}
