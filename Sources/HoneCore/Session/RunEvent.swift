// SPDX-License-Identifier: Apache-2.0

/// What happens in a run, in the words of the report.
public enum RunEvent: Sendable, Hashable, Codable {
  /// The optimizer starts; the number of steps it means to take, if it knows.
  case started(steps: Int?)
  /// A step starts, with the step size in words where there is one.
  case stepStarted(step: Int, of: Int?, stepSize: Int?)
  /// A new candidate passed the guards.
  case proposed(Candidate, step: Int)
  /// A proposal was turned down.
  case rejected(text: String, reason: RejectionReason, move: String, step: Int)
  /// A candidate's score on a split; `examples` is how many rows it stands on.
  case evaluated(candidate: String, split: Split, score: Double?, examples: Int, step: Int)
  /// A step ended with a current and a best candidate.
  case stepFinished(step: Int, of: Int?, current: String, best: String, bestScore: Double?)
  /// Something a user should read.
  case note(String)
}

/// Why a proposal was turned down.
public enum RejectionReason: Sendable, Hashable, Codable {
  /// Nothing was left after parsing.
  case empty
  /// The same prompt was there before.
  case duplicate
  /// Placeholders of the parent are missing, or there are new ones.
  case placeholders(missing: [String], added: [String])
  /// More than the allowed length.
  case tooLong(words: Int, limit: Int)
  /// It repeats a training row word for word.
  case copiesExample(id: String)
  /// It changes more words than the step size allows.
  case stepTooLarge(words: Int, limit: Int)
  /// The proposer's model failed.
  case modelFailed(String)
}
