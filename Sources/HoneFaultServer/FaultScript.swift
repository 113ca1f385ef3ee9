// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Which requests fail how, drawn from a seed.
///
/// The fault of a request depends on its body and on how often it came before, not on what other
/// requests do, so the script is the same whatever order they come in.
public struct FaultScript: Sendable, Hashable {
  /// The share of responses that are faults, in 0…1.
  public var share: Double
  /// The seed of the draws.
  public var seed: UInt64
  /// The faults to draw from, each with equal chances.
  public var faults: [Fault]
  /// The share of the faults that the client finds out by waiting; 0 for none.
  public var slowShare: Double
  /// The seconds that a 429 asks to wait when it says how long.
  public var wait: Double

  /// Creates a script.
  public init(
    share: Double, seed: UInt64 = 1, faults: [Fault] = Fault.allCases, slowShare: Double = 0.01,
    wait: Double = 2
  ) {
    self.share = share
    self.seed = seed
    self.faults = faults
    self.slowShare = slowShare
    self.wait = wait
  }

  /// A script without faults.
  public static let none = FaultScript(share: 0)

  /// The fault of a request that comes for the nth time, from 1, or nil for a right answer.
  public func fault(of body: Data, time: Int) -> Fault? {
    var draw = SeededGenerator(seed: seed ^ StableHash.of(body), stream: "time \(time)")
    guard draw.nextUnit() < share else { return nil }
    let isSlow = draw.nextUnit() < slowShare
    let chosen = faults.filter { $0.isSlow == isSlow }
    return (chosen.isEmpty ? faults : chosen).drawn(by: &draw)
  }
}
