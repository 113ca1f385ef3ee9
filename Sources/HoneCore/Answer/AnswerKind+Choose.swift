// SPDX-License-Identifier: Apache-2.0

extension AnswerKind {
  /// The index in ``options`` of the most likely option; the first of equals.
  ///
  /// Each log-probability, and each content-free one subtracted from it, is divided by the option's
  /// tokens or UTF-8 bytes if the choice asks for it.
  /// - Returns: nil when the kind has no options or the likelihoods are not one for each of them.
  public func choose(
    _ likelihoods: Likelihoods, contentFree: Likelihoods?, by choice: LikelihoodChoice
  ) -> Int? {
    guard let options, !options.isEmpty, likelihoods.continuations.count == options.count else {
      return nil
    }
    var base: [ContinuationLikelihood]?
    if choice.calibration == .contentFree {
      guard let contentFree, contentFree.continuations.count == options.count else { return nil }
      base = contentFree.continuations
    }
    func score(_ entry: ContinuationLikelihood, _ index: Int) -> Double {
      switch choice.normalization {
      case .none: entry.logProbability
      case .tokens: entry.logProbability / Double(max(1, entry.tokenCount))
      case .bytes: entry.logProbability / Double(max(1, options[index].utf8.count))
      }
    }
    var best: Int?
    var bestScore = -Double.infinity
    for (index, entry) in likelihoods.continuations.enumerated() {
      var value = score(entry, index)
      if let base { value -= score(base[index], index) }
      // A value that is not a number never wins.
      if best == nil && !value.isNaN || value > bestScore {
        best = index
        bestScore = value
      }
    }
    return best
  }
}
