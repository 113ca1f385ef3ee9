// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers

/// An optimizer as it takes part in the comparison on landscapes.
public struct LandscapeMethod: Sendable {
  /// The name in the table.
  public var name: String
  /// The optimizer.
  public var optimizer: any Optimizer

  /// Creates a method.
  public init(_ name: String, _ optimizer: any Optimizer) {
    self.name = name
    self.optimizer = optimizer
  }

  /// The random baseline, then every other method of the catalog with its defaults but for what the
  /// landscape's size asks for: few candidates a step, and steps as long as a prompt has words.
  /// - Throws: `CatalogProblems` when a method no longer takes these settings.
  public static func all() throws -> [LandscapeMethod] {
    let baseline = RandomPhrases(
      prompts: 10_000, candidates: candidates, proposer: RandomLandscapePrompts())
    let others = Catalog.all.filter { $0.name != baseline.name }
    return [LandscapeMethod("random", baseline)]
      + (try others.map { LandscapeMethod($0.name, try Catalog.make(choice(of: $0))) })
  }

  private static let candidates = 4

  private static func choice(of description: OptimizerDescription) -> OptimizerChoice {
    let wanted: [String: JSONValue] = [
      "candidates": .number(Double(candidates)), "epochs": .number(1000), "batch": .number(8),
      "step-size-start": .number(8), "step-size-end": .number(2), "plateau": .number(0),
    ]
    let taken = Set(description.settings.map(\.name))
    return OptimizerChoice(
      name: description.name, settings: wanted.filter { taken.contains($0.key) })
  }
}
