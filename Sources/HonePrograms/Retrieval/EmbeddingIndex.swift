// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Finds the passages whose vectors are nearest to a query's, by an embedder.
///
/// Every passage is compared, which takes time linear in passages times dimensions: some milliseconds
/// for 10,000 passages of 384 dimensions.
public struct EmbeddingIndex: PassageSearch {
  /// The passages.
  public let passages: [Passage]
  /// One vector a passage, `[dimensions]` each.
  private let vectors: [[Float]]

  /// Creates an index of passages with their vectors, of length 1 in the Euclidean norm; what has no
  /// partner is left out.
  public init(_ passages: [Passage], vectors: [[Float]]) {
    let count = min(passages.count, vectors.count)
    self.passages = Array(passages.prefix(count))
    self.vectors = Array(vectors.prefix(count))
  }

  /// Vectors alone.
  public var needsVector: Bool { true }

  /// The passages with the highest cosine to the query's vector, of equals the earlier.
  public func search(_ query: String, vector: Embedding?, count: Int) -> [PassageHit] {
    guard let vector, count > 0 else { return [] }
    let scores = vectors.map { own in
      own.count == vector.values.count
        ? zip(own, vector.values).reduce(Float(0)) { $0 + $1.0 * $1.1 } : -.infinity
    }
    let ranked = scores.indices.filter { scores[$0].isFinite }.sorted {
      scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
    }
    return ranked.prefix(count).map {
      PassageHit(passage: passages[$0], score: Double(scores[$0]))
    }
  }
}

/// Joins what several indexes of the same passages find, by their ranks.
///
/// A passage's score is the sum of `1 / (60 + rank)` over the indexes that find it. Cormack, Clarke and
/// Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning Methods",
/// SIGIR 2009.
public struct RankFusion: PassageSearch {
  /// The indexes.
  public var indexes: [any PassageSearch]
  private static let depth = 60

  /// Creates a fusion.
  public init(_ indexes: [any PassageSearch]) {
    self.indexes = indexes
  }

  /// Whether one of the indexes compares vectors.
  public var needsVector: Bool { indexes.contains { $0.needsVector } }

  /// The passages with the highest sums, of equals the one found first.
  public func search(_ query: String, vector: Embedding?, count: Int) -> [PassageHit] {
    var sums: [String: Double] = [:]
    var order: [Passage] = []
    for index in indexes {
      let hits = index.search(query, vector: vector, count: max(count, Self.depth))
      for (rank, hit) in hits.enumerated() {
        if sums[hit.passage.id] == nil { order.append(hit.passage) }
        sums[hit.passage.id, default: 0] += 1 / Double(60 + rank + 1)
      }
    }
    let hits = order.map { PassageHit(passage: $0, score: sums[$0.id] ?? 0) }
    let ranked = hits.indices.sorted {
      hits[$0].score == hits[$1].score ? $0 < $1 : hits[$0].score > hits[$1].score
    }
    return ranked.prefix(max(0, count)).map { hits[$0] }
  }
}
