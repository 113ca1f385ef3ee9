// SPDX-License-Identifier: Apache-2.0

/// One decode step: changes of the KV memory and then the tokens to compute together.
struct Step: Sendable {
  /// A token to compute.
  struct Entry: Hashable, Sendable {
    var token: Token
    var position: Int
    /// The sequence whose tokens it sees and which holds it from then on.
    var sequence: Int32
  }

  /// What the outputs after one token are for.
  struct Output: Sendable {
    /// The entry's index.
    var entry: Int
    /// Who asks.
    var probes: [Probe]
  }

  /// Changes of the KV memory that come first, in order.
  var operations: [MemoryOperation] = []
  /// The tokens.
  var entries: [Entry] = []
  /// Where outputs are needed, in the order of entries.
  var outputs: [Output] = []
  /// How many tokens of which node are computed.
  var progress: [(node: Int, count: Int)] = []
  /// The paths that decode one token.
  var decoding: [Int] = []
}

/// What a scheduler wants done next.
enum NextMove {
  /// Nothing is left to do.
  case idle(operations: [MemoryOperation])
  /// Compute this.
  case compute(Step)
  /// The path cannot run even alone; it is removed.
  case refuse(path: Int)
}
