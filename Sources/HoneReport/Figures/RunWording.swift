// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension RejectionReason {
  /// The kind of reason in a few words, for counting.
  public var kind: String {
    switch self {
    case .empty: "empty"
    case .duplicate: "seen before"
    case .placeholders: "placeholders changed"
    case .tooLong: "too long"
    case .copiesExample: "copies a training row"
    case .stepTooLarge: "step too large"
    case .modelFailed: "the model failed"
    }
  }

  /// The reason with its numbers.
  public var sentence: String {
    switch self {
    case .empty: "nothing was left after parsing"
    case .duplicate: "the same prompt was there before"
    case .placeholders(let missing, let added):
      [
        missing.isEmpty ? nil : "missing \(missing.joined(separator: ", "))",
        added.isEmpty ? nil : "new \(added.joined(separator: ", "))",
      ].compactMap(\.self).joined(separator: "; ")
    case .tooLong(let words, let limit): "\(words) words where \(limit) are allowed"
    case .copiesExample(let id): "it repeats the training row \(id)"
    case .stepTooLarge(let words, let limit): "\(words) words changed where \(limit) are allowed"
    case .modelFailed(let message): message
    }
  }
}

extension RunStatus {
  /// The status in a word or two.
  public var word: String {
    switch self {
    case .running: "running"
    case .interrupted: "interrupted"
    case .finished: "finished"
    case .failed: "failed"
    }
  }
}

extension SearchEnd {
  /// Why the search ended, as a clause.
  public var clause: String {
    switch self {
    case .finished: "all steps were taken"
    case .plateau(let steps): "no better prompt was found for \(Figures.count(steps, "step"))"
    case .perfect: "every dev example was right"
    case .budget(let exhausted): exhausted.description
    case .noProposals(let steps): "no new proposal came for \(Figures.count(steps, "step"))"
    }
  }
}

extension Outcome {
  /// The outcome in a word or two.
  var word: String {
    switch self {
    case .scored: "scored"
    case .unparsable: "no answer read"
    case .empty: "empty"
    case .cut: "cut at the token limit"
    case .refused: "refused"
    case .filtered: "held back by a content filter"
    case .failed: "failed"
    }
  }
}
