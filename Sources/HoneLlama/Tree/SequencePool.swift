// SPDX-License-Identifier: Apache-2.0

/// The numbers of the KV memory's sequences that are not in use.
struct SequencePool: Sendable {
  private var free: [Int32]

  /// Creates a pool of the sequences `0..<count`.
  init(count: Int) {
    free = (0..<Int32(count)).reversed()
  }

  /// How many are left.
  var count: Int { free.count }

  /// Takes a sequence, or nil when none is left.
  mutating func take() -> Int32? {
    free.popLast()
  }

  /// Gives a sequence back.
  mutating func give(_ sequence: Int32) {
    free.append(sequence)
  }
}

/// A change of the KV memory that computes nothing.
enum MemoryOperation: Hashable, Sendable {
  /// Lets one more sequence hold another's tokens from the beginning up to a position.
  case copy(from: Int32, to: Int32, end: Int)
  /// Takes all tokens from a sequence; those that no sequence holds any more are freed.
  case clear(Int32)
}
