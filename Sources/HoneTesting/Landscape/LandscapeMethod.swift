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
  /// landscape's size asks for.
  ///
  /// That is: few candidates a step or a narrow beam, so that a budget of some 40 prompts makes several
  /// steps; rounds for as long as the calls last; and step sizes for prompts in which eight words can
  /// change.
  /// - Throws: `CatalogProblems` when a method no longer takes these settings.
  public static func all() throws -> [LandscapeMethod] {
    let baseline = RandomPhrases(
      prompts: 10_000, candidates: 4, proposer: RandomLandscapePrompts())
    // Searches for an instruction that can go on for as long as the calls last.
    let others = Catalog.all.filter { method in
      method.name != baseline.name && method.settings.contains { $0.name == "plateau" }
    }
    return [LandscapeMethod("random", baseline)]
      + (try others.map { LandscapeMethod($0.name, try Catalog.make(choice(of: $0))) })
  }

  private static func choice(of description: OptimizerDescription) -> OptimizerChoice {
    let defaults = Dictionary(
      description.settings.map { ($0.name, $0.defaultValue) },
      uniquingKeysWith: { first, _ in first })
    var settings: [String: JSONValue] = ["plateau": .number(0)]
    if defaults["rounds"] != nil {
      settings["rounds"] = .number(1000)
      settings["beam"] = .number(2)
      settings["candidates"] = .number(min(8, defaults["candidates"]?.numberValue ?? 8))
    } else {
      settings["epochs"] = .number(1000)
      settings["candidates"] = .number(4)
    }
    switch defaults["decay"]?.stringValue {
    case "fixed": settings["step-size-start"] = .number(4)
    case "linear", "cosine":
      settings["step-size-start"] = .number(8)
      settings["step-size-end"] = .number(2)
    default: break
    }
    return OptimizerChoice(name: description.name, settings: settings)
  }
}
