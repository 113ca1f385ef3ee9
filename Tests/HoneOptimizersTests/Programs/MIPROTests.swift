// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneTesting
import Testing

struct MIPROTests {
  private static let writer: ScriptedModel.Writer = { request throws(ModelError) in
    guard request.promptText.contains("Write a better instruction") else {
      return "Things with numbers."
    }
    return "<new_prompt>Tell it, way \(request.sampleIndex).</new_prompt>"
  }

  @Test("The optimizer model is asked for the data once and for each instruction, stage by stage")
  func proposals() async throws {
    let optimizer = MIPRO(candidates: 4, trials: 3)
    let loaded = try TwoStageTask.loaded(train: 8, dev: 4, test: 2)
    let (record, requests, asked) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    // The data is described once for all stages, then there are two proposals for each.
    #expect(asked.count == 5)
    #expect(asked[0].promptText.hasPrefix("These are rows of a set of data."))
    #expect(asked[1].promptText.contains("kind, which reads thing and writes kind"))
    #expect(asked[1].promptText.contains("About the data: Things with numbers."))
    #expect(asked[3].promptText.contains("colour, which reads thing, kind and writes colour"))
    #expect(asked[1].input != asked[2].input)
    // Examples of a stage are its own work, not the rows' answers.
    #expect(asked[1].promptText.contains("Expected: kind of "))
    // The seed on dev comes first, then the teacher on training rows.
    #expect(
      Array(requests.prefix(9)) == [
        "kind [] 9", "kind [] 10", "kind [] 11", "kind [] 12",
        "colour [] 9", "colour [] 10", "colour [] 11", "colour [] 12", "kind [] 1",
      ])
    #expect(record.result?.bestDevScore == 1)
    let best = try #require(record.result?.best)
    #expect(best.lineage.move.hasPrefix("combination: kind instruction"))
  }

  @Test("A search ends when every combination was tried", arguments: [4, 12])
  func exhaustion(dev: Int) async throws {
    // Two choices of each of the two stages' instructions and demonstrations.
    let optimizer = MIPRO(candidates: 2, trials: 200, minibatch: 3, fullEvery: 1)
    var loaded = try TwoStageTask.loaded(train: 8, dev: dev, test: 2)
    // A row that is never right, as a perfect score would end it before.
    let wrong = loaded.splits.dev[0].references == ["red"] ? "blue" : "red"
    loaded.splits.dev[0].references = [wrong]
    let (record, _, _) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    let full = record.events.compactMap { timed -> String? in
      guard case .evaluated(let id, .dev, _, let rows, _) = timed.event, rows == dev else {
        return nil
      }
      return id
    }
    // The first stage has no demonstrations in the first set, as the rows do not tell its kind.
    #expect(Set(full).count == 8)
    #expect(record.result?.end == .noProposals(steps: 1))
    let steps = record.events.count { if case .stepStarted = $0.event { true } else { false } }
    #expect(steps <= 120)
  }

  @Test("Trials run on minibatches, and the best mean is scored in full")
  func minibatches() async throws {
    let optimizer = MIPRO(candidates: 4, trials: 4, minibatch: 3, fullEvery: 2)
    let loaded = try TwoStageTask.loaded(train: 8, dev: 12, test: 2)
    let (record, _, _) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    let full = record.events.compactMap { timed -> (Int, Int)? in
      if case .evaluated(_, .dev, _, let rows, let step) = timed.event { (step, rows) } else { nil }
    }
    #expect(full.allSatisfy { $0.1 == 12 })
    #expect(full.map(\.0).filter { $0 > 0 }.allSatisfy { $0 % 2 == 0 })
    #expect(full.count >= 2)
  }

  @Test("Sizes follow the paper's presets")
  func presets() throws {
    func trials(_ auto: String) throws -> Int {
      let made = try Catalog.searchAlone(
        OptimizerChoice(name: "mipro", settings: ["auto": .string(auto)]))
      return try #require(made as? MIPRO).plannedTrials(stages: 2)
    }
    // max(2·v·log₂ n, 1.5·n) with v = 4 for two stages and n = 6, 12, 18.
    #expect(try [trials("light"), trials("medium"), trials("heavy")] == [20, 28, 33])
  }
}
