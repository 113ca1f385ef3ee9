// SPDX-License-Identifier: Apache-2.0

/// Counts of runs of equal length in a sequence.
enum NGrams {
  /// How often each run of `order` items occurs.
  static func count<Item: Hashable>(_ items: [Item], order: Int) -> [ArraySlice<Item>: Int] {
    guard order > 0, items.count >= order else { return [:] }
    var counts: [ArraySlice<Item>: Int] = [:]
    counts.reserveCapacity(items.count)
    for start in 0...(items.count - order) {
      counts[items[start..<(start + order)], default: 0] += 1
    }
    return counts
  }

  /// The number of runs that two counts share, repeats included.
  static func overlap<Run: Hashable>(_ first: [Run: Int], _ second: [Run: Int]) -> Int {
    first.reduce(0) { sum, entry in
      second[entry.key].map { sum + min(entry.value, $0) } ?? sum
    }
  }

  /// The harmonic mean of the shares of two totals; 0 when nothing is shared.
  static func f1(shared: Int, first: Int, second: Int) -> Double {
    guard shared > 0, first > 0, second > 0 else { return 0 }
    let precision = Double(shared) / Double(first)
    let recall = Double(shared) / Double(second)
    return 2 * precision * recall / (precision + recall)
  }
}
