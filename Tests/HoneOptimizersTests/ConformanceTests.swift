// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneTesting
import Testing

struct ConformanceTests {
  @Test("Every optimizer of the catalog obeys the contract", arguments: Catalog.all.map(\.name))
  func catalog(name: String) async throws {
    let small: [String: JSONValue] = [
      "epochs": .number(2), "rounds": .number(2), "candidates": .number(4),
      "prompts": .number(12), "sets": .number(3), "trials": .number(4),
      "population": .number(4), "children": .number(2), "breadth": .number(3), "depth": .number(2),
      "steps": .number(2),
    ]
    let names = Set(Catalog.all.first { $0.name == name }?.settings.map(\.name) ?? [])
    let settings = small.filter { names.contains($0.key) }
    let optimizer = try Catalog.make(OptimizerChoice(name: name, settings: settings))
    try await OptimizerConformance(optimizer: optimizer).checkAll()
  }

  @Test(
    "GPO obeys the contract with each proposer",
    arguments: ["meta-prompt", "completion", "phrasebook", "mixture"])
  func proposers(name: String) async throws {
    let settings: [String: JSONValue] = [
      "epochs": .number(1), "candidates": .number(3), "proposer": .string(name),
    ]
    let optimizer = try Catalog.make(OptimizerChoice(name: "gpo", settings: settings))
    try await OptimizerConformance(optimizer: optimizer).checkAll()
  }

  @Test(
    "APE, APO and PE2 obey the contract with each proposer", arguments: ["ape", "apo", "pe2"],
    ["meta-prompt", "mixture"])
  func methods(name: String, proposer: String) async throws {
    let settings: [String: JSONValue] = [
      "rounds": .number(2), "candidates": .number(4), "beam": .number(2),
      "proposer": .string(proposer), "selection": .string("successive-halving"),
    ]
    let optimizer = try Catalog.make(OptimizerChoice(name: name, settings: settings))
    try await OptimizerConformance(optimizer: optimizer).checkAll()
  }

  @Test("Reflection, summaries, a beam and a sparing selection obey the contract together")
  func everyPartThatCalls() async throws {
    let settings: [String: JSONValue] = [
      "epochs": .number(1), "candidates": .number(4), "proposer": .string("mixture"),
      "direction": .string("reflection"), "trajectory": .string("summary"),
      "momentum": .string("reflections"), "next-prompt": .string("beam"), "beam": .number(2),
      "selection": .string("ucb"),
    ]
    let optimizer = try Catalog.make(OptimizerChoice(name: "gpo", settings: settings))
    try await OptimizerConformance(optimizer: optimizer).checkAll()
  }
}
