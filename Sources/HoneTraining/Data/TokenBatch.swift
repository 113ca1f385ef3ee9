// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Texts that are computed together, padded at the end to one length.
public struct TokenBatch: Sendable, Hashable {
  /// What all texts begin with, where it is worth computing once; else empty.
  public let shared: [Int32]
  /// One row a text, all of one length: what comes after ``shared``; the last token of each is only a
  /// target.
  public let inputs: [[Int32]]
  /// The places after which a target stands, counted through ``shared`` and then row by row.
  public let places: [Int32]
  /// The token to be written at each place.
  public let targets: [Int32]
  /// The tokens of the texts, padding left out.
  public let tokenCount: Int

  /// Puts texts together.
  ///
  /// What lies behind a token does not change what is computed for it, so padding needs no mask.
  public init(_ sequences: [TokenSequence]) {
    let start = Self.sharedCount(sequences)
    let length = max(1, (sequences.map(\.tokens.count).max() ?? 2) - 1 - start)
    var places: [Int32] = []
    var targets: [Int32] = []
    inputs = sequences.enumerated().map { row, sequence in
      let first = start + row * length
      for place in max(
        1, sequence.promptCount)..<max(1, sequence.promptCount, sequence.tokens.count)
      {
        places.append(Int32(first + place - 1 - start))
        targets.append(sequence.tokens[place])
      }
      let given = sequence.tokens.dropLast().dropFirst(start)
      return Array(given) + [Int32](repeating: 0, count: length - given.count)
    }
    shared = Array(sequences.first?.tokens.prefix(start) ?? [])
    self.places = places
    self.targets = targets
    tokenCount = sequences.reduce(0) { $0 + $1.tokens.count }
  }

  /// How many tokens all texts begin with, before the last of any prompt; 0 where there are too few.
  private static func sharedCount(_ sequences: [TokenSequence]) -> Int {
    guard sequences.count > 1, let first = sequences.first else { return 0 }
    var count = first.tokens.count
    for sequence in sequences {
      count = min(count, sequence.promptCount - 1, sequence.tokens.count - 2)
      count = zip(first.tokens, sequence.tokens.prefix(max(0, count))).prefix { $0 == $1 }.count
    }
    // The joining of fewer takes as long as computing them.
    return count < 4 ? 0 : count
  }

  /// Cuts texts into batches of similar length.
  ///
  /// Texts are sorted by length, those of equal length in an order drawn from the seed and the epoch;
  /// the order of the batches is drawn too.
  public static func batches(
    of sequences: [TokenSequence], size: Int, seed: UInt64, epoch: Int
  ) -> [TokenBatch] {
    var generator = SeededGenerator(seed: seed, stream: "epoch \(epoch)")
    let sorted = sequences.shuffled(by: &generator).enumerated().sorted {
      ($0.element.tokens.count, $0.offset) < ($1.element.tokens.count, $1.offset)
    }.map(\.element)
    let size = max(1, size)
    return stride(from: 0, to: sorted.count, by: size).map {
      TokenBatch(Array(sorted[$0..<min($0 + size, sorted.count)]))
    }.shuffled(by: &generator)
  }
}
