// SPDX-License-Identifier: Apache-2.0

/// Sentence chrF as sacrebleu's `sentence_chrf` gives it with its defaults, divided by 100.
///
/// Runs of 1 to 6 characters without white space, case kept, no words, beta 2, the mean over the
/// orders that both texts are long enough for, the best reference. Popović, "chrF: character n-gram
/// F-score for automatic MT evaluation", 2015.
struct Chrf: SimilarityMetric {
  private static let maximumOrder = 6
  private static let weight = 4.0

  func similarity(_ answer: String, _ reference: String) -> Double {
    let given = answer.unicodeScalars.filter { !$0.isSplitSpace }.map(\.value)
    let wanted = reference.unicodeScalars.filter { !$0.isSplitSpace }.map(\.value)
    let orders = min(Self.maximumOrder, given.count, wanted.count)
    guard orders > 0 else { return 0 }
    var precision = 0.0
    var recall = 0.0
    for order in 1...orders {
      let shared = NGrams.overlap(
        NGrams.count(given, order: order), NGrams.count(wanted, order: order))
      precision += Double(shared) / Double(given.count - order + 1)
      recall += Double(shared) / Double(wanted.count - order + 1)
    }
    precision /= Double(orders)
    recall /= Double(orders)
    guard precision + recall > 0 else { return 0 }
    return (1 + Self.weight) * precision * recall / (Self.weight * precision + recall)
  }
}
