// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The likeliest tokens, to which drawing is kept.
///
/// First the `topK` likeliest are kept; of these, in falling order, as few as come to the share `topP`
/// of their chances (Ari Holtzman et al., The Curious Case of Neural Text Degeneration,
/// arXiv:1904.09751). The likeliest is always kept. Ties go to the lower token.
struct Truncation: Sendable, Hashable {
  var topP: Double?
  var topK: Int?

  /// A truncation; nil when the settings keep every token.
  init?(topP: Double?, topK: Int?) {
    let share = topP.flatMap { $0 < 1 ? max(0, $0) : nil }
    let count = topK.flatMap { $0 > 0 ? $0 : nil }
    guard share != nil || count != nil else { return nil }
    self.topP = share
    self.topK = count
  }

  /// The tokens that are kept, likeliest first.
  ///
  /// - Parameters:
  ///   - row: The logits, `[vocabulary]`.
  ///   - top: The largest of them.
  ///   - scale: What they are multiplied with; one over the temperature.
  /// - Returns: Their places in the row; nil when all are kept.
  func kept(of row: UnsafeBufferPointer<Float>, top: Float, scale: Float) -> [Int]? {
    guard let topK, topK < row.count else {
      return topP.map { withShare($0, of: row, top, scale) }
    }
    let likeliest = Self.likeliest(topK, of: row)
    guard let topP else { return likeliest }
    let weights = likeliest.map { Double(expf((row[$0] - top) * scale)) }
    return Array(likeliest.prefix(Self.count(weights, reaching: topP * weights.reduce(0, +))))
  }

  /// As many tokens as come to a share of all chances.
  private func withShare(
    _ share: Double, of row: UnsafeBufferPointer<Float>, _ top: Float, _ scale: Float
  ) -> [Int] {
    let weights = row.map { Double(expf(($0 - top) * scale)) }
    let wanted = share * weights.reduce(0, +)
    // Sorting all tokens is rarely needed: a few of the likeliest mostly hold the share.
    var floor = 1e-2
    while true {
      let candidates = weights.indices.filter { weights[$0] >= floor }
        .sorted { (weights[$1], $0) < (weights[$0], $1) }
      let held = candidates.reduce(0) { $0 + weights[$1] }
      if held >= wanted || floor == 0 {
        let count = Self.count(candidates.map { weights[$0] }, reaching: wanted)
        return Array(candidates.prefix(count))
      }
      floor = floor > 1e-12 ? floor * 1e-3 : 0
    }
  }

  /// How many weights, from the first, come to a sum; at least one.
  private static func count(_ weights: [Double], reaching sum: Double) -> Int {
    var reached = 0.0
    for (index, weight) in weights.enumerated() {
      reached += weight
      if reached >= sum { return index + 1 }
    }
    return weights.count
  }

  /// The places of the largest values, largest first.
  private static func likeliest(_ count: Int, of row: UnsafeBufferPointer<Float>) -> [Int] {
    var places: [Int] = []
    var least = -Float.infinity
    for (index, value) in row.enumerated() {
      guard places.count < count || value > least else { continue }
      let place = places.firstIndex { row[$0] < value } ?? places.count
      places.insert(index, at: place)
      if places.count > count { places.removeLast() }
      if let last = places.last { least = row[last] }
    }
    return places
  }
}
