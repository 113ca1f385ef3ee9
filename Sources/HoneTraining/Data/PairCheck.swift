// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Tells pairs that are worth training on from others.
public struct PairCheck: Sendable, Hashable {
  /// Why a pair is left out.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    case twice = "there twice"
    case unchanged = "unchanged"
    case tooLong = "too long"
    case otherScript = "in another script"
    case otherMeaning = "of another meaning"
  }

  /// The pairs that stay, and how many were left out for each reason.
  public struct Result: Sendable, Hashable {
    /// What stays, in order.
    public var kept: [PromptPair] = []
    /// How many were left out, by the first reason.
    public var leftOut: [Reason: Int] = [:]
  }

  /// The most characters of either side.
  public var longest: Int
  /// The least cosine between the vectors of both sides, or nil.
  public var leastLikeness: Double?

  /// Creates a check.
  public init(longest: Int = 4000, leastLikeness: Double? = nil) {
    self.longest = longest
    self.leastLikeness = leastLikeness
  }

  /// Sorts pairs.
  ///
  /// - Parameters:
  ///   - pairs: The pairs.
  ///   - likeness: The cosine of each, from ``likeness(of:by:)``; needed with a least likeness.
  /// - Returns: Those that stay, and the reasons against the others.
  public func sorted(_ pairs: [PromptPair], likeness: [Double]? = nil) -> Result {
    var result = Result()
    var seen: Set<[String]> = []
    for (index, pair) in pairs.enumerated() {
      let cosine = likeness.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      if let reason = reason(against: pair, likeness: cosine, seen: &seen) {
        result.leftOut[reason, default: 0] += 1
      } else {
        result.kept.append(pair)
      }
    }
    return result
  }

  /// How close both sides of each pair are, as the cosine of their vectors.
  ///
  /// Costs two embeddings a pair.
  /// - Throws: `ModelError` when a text cannot be embedded.
  public static func likeness(
    of pairs: [PromptPair], by model: any EmbeddingModel
  ) async throws -> [Double] {
    var vectors = [Embedding?](repeating: nil, count: 2 * pairs.count)
    for try await element in model.embed(pairs.flatMap { [$0.prompt, $0.rewrite] }) {
      vectors[element.index] = try element.result.get()
    }
    return pairs.indices.map { index in
      guard let left = vectors[2 * index], let right = vectors[2 * index + 1] else { return -1 }
      return left.cosine(to: right)
    }
  }

  private func reason(
    against pair: PromptPair, likeness: Double?, seen: inout Set<[String]>
  ) -> Reason? {
    let sides = [pair.prompt, pair.rewrite].map(Self.plain)
    guard seen.insert(sides).inserted else { return .twice }
    if sides[0] == sides[1] { return .unchanged }
    if max(pair.prompt.count, pair.rewrite.count) > longest { return .tooLong }
    if Self.isLatin(sides[0]) != Self.isLatin(sides[1]) { return .otherScript }
    if let leastLikeness, let likeness, likeness < leastLikeness { return .otherMeaning }
    return nil
  }

  /// The words of a text, to compare it by.
  private static func plain(_ text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  /// Whether most letters are Latin ones: a rewrite in another script is in another language.
  private static func isLatin(_ text: String) -> Bool {
    let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
    // Latin letters of all European languages lie below U+0250.
    return letters.filter { $0.value < 0x250 }.count * 2 >= letters.count
  }
}
