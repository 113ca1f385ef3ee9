// SPDX-License-Identifier: Apache-2.0

/// How a prompt chooses among its demonstrations for each example: it shows those that come from the
/// rows nearest to the example.
///
/// Nearness is the cosine of the vectors of two texts, see ``Example/nearnessText``. Liu et al., "What
/// Makes Good In-Context Examples for GPT-3?", arXiv:2101.06804.
public struct NearestDemonstrations: Sendable, Hashable, Codable {
  /// The most that are shown.
  public var count: Int
  /// The text of the row that each of the prompt's demonstrations comes from, in their order.
  public var keys: [String]

  /// Creates a choice.
  public init(count: Int, keys: [String]) {
    self.count = count
    self.keys = keys
  }

  /// The places of the demonstrations to show, the nearest last, so that it stands next to the question.
  ///
  /// A demonstration of the example itself, told by an equal text, is left out, and so is one without
  /// a vector; of equally near ones the earlier counts as nearer.
  public func places(
    near text: String, _ vector: Embedding, vectors: [String: Embedding]
  ) -> [Int] {
    let near = keys.enumerated().compactMap { place, key -> (place: Int, cosine: Double)? in
      guard key != text, let known = vectors[key] else { return nil }
      return (place, vector.cosine(to: known))
    }
    let ranked = near.sorted {
      $0.cosine == $1.cosine ? $0.place < $1.place : $0.cosine > $1.cosine
    }
    return ranked.prefix(max(0, count)).map(\.place).reversed()
  }
}

extension Prompt {
  /// The prompt with the demonstrations of some places in their order, the choice being made.
  ///
  /// Places that do not exist are passed over.
  public func showing(_ places: [Int]) -> Prompt {
    var copy = self
    copy.demonstrations = places.filter(demonstrations.indices.contains).map { demonstrations[$0] }
    copy.nearest = nil
    return copy
  }

  /// The demonstrations where no example is known to choose for: the first as many as are shown.
  var shownDemonstrations: [Demonstration] {
    guard let nearest else { return demonstrations }
    return Array(demonstrations.prefix(max(0, nearest.count)))
  }
}

extension Example {
  /// The text by which a row is near to others: its fields by name, or the only one's value.
  public var nearnessText: String {
    guard fields.count > 1 else { return fields.values.first ?? "" }
    return fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      .joined(separator: "\n")
  }
}
