// SPDX-License-Identifier: Apache-2.0

/// What an alignment is about to do, told so that waiting can be shown.
public struct AlignmentStage: Sendable, Hashable {
  /// A part of a round.
  public enum Part: String, Sendable, Hashable {
    /// The prompter writes rewrites.
    case drawing
    /// The frozen model answers them.
    case answering
    /// The answers are rewarded.
    case rewarding
    /// The log-probabilities of what was drawn are computed.
    case reading
    /// The prompter is changed.
    case updating
  }

  /// The round, from 1.
  public var round: Int
  /// What is done.
  public var part: Part
  /// How many texts it is done with, or which update it is.
  public var count: Int
}
