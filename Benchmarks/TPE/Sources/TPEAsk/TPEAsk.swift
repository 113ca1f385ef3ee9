// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers

/// A sampler that is asked and told over standard input and output, for compare.py.
///
/// A line `{"seed": 3, "space": [[0, 4], ["c", 5]]}` begins a search over whole numbers from 0 to 4 and
/// five unordered choices. It answers with a point, such as `[2,0]`; each later line is that point's
/// value, higher is better, and is answered with the next point.
@main
enum TPEAsk {
  static func main() throws {
    var sampler = TPESampler(SearchSpace([]))
    var chance = SeededGenerator(seed: 0)
    var point: [Int] = []
    while let line = readLine() {
      if let value = Double(line) {
        sampler.tell(point, value: value)
      } else {
        let start = try JSONDecoder().decode(Start.self, from: Data(line.utf8))
        sampler = TPESampler(SearchSpace(start.space.map(\.dimension)))
        chance = SeededGenerator(seed: start.seed)
      }
      point = sampler.suggest(by: &chance)
      FileHandle.standardOutput.write(Data("\(point)\n".utf8))
    }
  }
}

/// What a search begins with.
private struct Start: Decodable {
  var seed: UInt64
  var space: [Axis]

  /// `["c", 5]` or `[0, 4]`.
  struct Axis: Decodable {
    var dimension: SearchSpace.Dimension

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      if (try? list.decode(String.self)) == "c" {
        dimension = .categorical(try list.decode(Int.self))
      } else {
        let low = try list.decode(Int.self)
        dimension = .integer(low...(try list.decode(Int.self)))
      }
    }
  }
}
