// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// Requests of a batch that differ by their sample alone, to be sent as one.
struct SampleGroup: Sendable {
  /// The first of them.
  let request: GenerationRequest
  /// Their indices in the batch.
  private(set) var indices: [Int]
  /// Which samples they ask for.
  private(set) var sampleIndices: [Int]

  /// The groups of a batch, in the order of their first requests; greedy requests stay alone, and
  /// a group has at most so many as are drawn at once.
  static func groups(of requests: [GenerationRequest], atOnce: Int) -> [SampleGroup] {
    var groups: [SampleGroup] = []
    groups.reserveCapacity(requests.count)
    var open: [GenerationRequest: Int] = [:]
    for (index, request) in requests.enumerated() {
      let single = SampleGroup(
        request: request, indices: [index], sampleIndices: [request.sampleIndex])
      guard atOnce > 1, request.temperature > 0 else {
        groups.append(single)
        continue
      }
      var key = request
      key.sampleIndex = 0
      if let place = open[key], groups[place].indices.count < atOnce {
        groups[place].indices.append(index)
        groups[place].sampleIndices.append(request.sampleIndex)
      } else {
        open[key] = groups.count
        groups.append(single)
      }
    }
    return groups
  }
}

/// The groups of a batch that are still to be sent, first come, first served.
final class SampleLine: Sendable {
  private let groups: [SampleGroup]
  private let taken = Atomic(0)

  init(_ groups: [SampleGroup]) {
    self.groups = groups
  }

  /// How many there were at the beginning.
  var count: Int { groups.count }

  /// Takes the next one; nil when all are taken.
  func next() -> SampleGroup? {
    let place = taken.add(1, ordering: .relaxed).oldValue
    return place < groups.count ? groups[place] : nil
  }
}
