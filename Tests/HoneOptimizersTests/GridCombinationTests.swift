// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import Testing

/// Every valid combination of the axes, three steps of each.
struct GridCombinationTests {
  private static let nextPrompts = ["best-that-never-won", "best-so-far", "beam"]

  @Test(
    "Every combination of the axes takes three steps and shows what it is made of",
    arguments: DirectionCell.all)
  func combinations(cell: DirectionCell) async throws {
    for method in MethodCell.all {
      for next in Self.nextPrompts {
        var settings = cell.settings.merging(method.settings) { $1 }
        settings["next-prompt"] = .string(next)
        if next == "beam" { settings["beam"] = .number(2) }
        settings["candidates"] = .number(2)
        settings["epochs"] = .number(1)
        settings["proposer"] = .string("meta-prompt")
        let script = GridScript()
        let session = try script.session()
        let optimizer = try Catalog.make(OptimizerChoice(name: "gpo", settings: settings))
        let result = try await optimizer.optimize(in: session)
        let name = Comment(rawValue: "\(cell) \(method) \(next)")
        #expect(result.end == .finished, name)
        #expect(result.devScore == 0.8, name)
        #expect(sizes(session.events) == method.sizes(steps: 3), name)
        let cost = optimizer.cost(of: TaskFacts(train: 24, dev: 10))
        #expect(session.calls <= cost.maximum, name)
        #expect(script.proposals == 6, name)
        checkReadings(script, cell, width: next == "beam" ? 2 : 1, name)
        let asked = session.requests.map(GridScript.text).filter { $0.contains("<new_prompt>") }
        check(try #require(asked.last), cell, method, name)
      }
    }
  }

  /// A reflection for each prompt a step starts from, and a summary for each finished step.
  private func checkReadings(
    _ script: GridScript, _ cell: DirectionCell, width: Int, _ name: Comment
  ) {
    // A beam starts as the seed alone.
    let parents = width == 1 ? 3 : 5
    #expect(script.others.reflections == (cell.direction == "reflection" ? parents : 0), name)
    #expect(script.others.summaries == (cell.trajectory == "summary" ? 2 : 0), name)
  }

  private func check(
    _ text: String, _ cell: DirectionCell, _ method: MethodCell, _ name: Comment
  ) {
    #expect(text.contains("Change at most") == (method.decay != "none"), name)
    #expect(text.contains("change the current prompt") == (method.refinement == "edit"), name)
    #expect(text.contains("write a new prompt") == (method.refinement == "generate"), name)
    #expect(text.contains("Its score:") == (cell.direction != "prompt"), name)
    #expect(text.contains("What is wrong with it: Fault") == (cell.direction == "reflection"), name)
    let isRetrieved = !["none", "summary"].contains(cell.trajectory)
    let isOfPrompts = cell.momentum == "prompts"
    #expect(text.contains("These prompts were tried") == (isRetrieved && isOfPrompts), name)
    #expect(text.contains("found wrong with earlier") == (isRetrieved && !isOfPrompts), name)
    #expect(text.contains("Lesson 2") == (cell.trajectory == "summary"), name)
    #expect(!text.contains("Lesson 1"), name)
  }

  private func sizes(_ events: [RunEvent]) -> [Int?] {
    events.compactMap { event -> Int?? in
      guard case .stepStarted(_, _, let size) = event else { return nil }
      return .some(size)
    }
  }

  @Test("The announced step sizes are the formula's at every step", arguments: MethodCell.all)
  func sizes(cell: MethodCell) async throws {
    var settings = cell.settings
    settings["proposer"] = .string("meta-prompt")
    settings["plateau"] = .number(0)
    settings["candidates"] = .number(1)
    let session = LandscapeSession(
      task: try task(), vector: { _ in [1] }, write: { reply("Prompt \($0.seed)") },
      score: { _ in 0.5 })
    let optimizer = try Catalog.make(OptimizerChoice(name: "gpo", settings: settings))
    _ = try await optimizer.optimize(in: session)
    #expect(sizes(session.events) == cell.sizes(steps: 18))
  }
}

extension MethodCell {
  /// The paper's formulas from 50 to 10, written down apart from the parts under test.
  func sizes(steps: Int) -> [Int?] {
    let warm = (Double(steps) * warmup).rounded(.up)
    return (1...steps).map { step -> Int? in
      let c = Double(step)
      if decay != "none", c < warm { return max(1, Int(50 * c / warm)) }
      let share = (c - warm) / (Double(steps) - warm)
      switch decay {
      case "fixed": return 50
      case "linear": return Int(50 - 40 * share)
      case "cosine": return Int(10 + 40 * 0.5 * (1 + cos(Double.pi * share)))
      default: return nil
      }
    }
  }
}
