// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneTesting
import Synchronization
import Testing

struct StageByStageTests {
  private func program(_ name: String, _ settings: [String: JSONValue]) throws -> any Optimizer {
    try Catalog.make(
      OptimizerChoice(name: name, settings: settings), for: try TwoStageTask.program())
  }

  /// Writes instructions numbered by the question's content.
  private static let writer: ScriptedModel.Writer = { request throws(ModelError) in
    let draw = StableHash.of("\(request.promptText)#\(request.sampleIndex)") % 97
    return "<new_prompt>Tell it well, way \(draw).</new_prompt>"
  }

  @Test("An optimizer of one instruction changes one stage at a time")
  func stages() async throws {
    let optimizer = try program(
      "gpo", ["candidates": .number(2), "epochs": .number(1), "batch": .number(4)])
    let loaded = try TwoStageTask.loaded(train: 8, dev: 4, test: 2)
    let (record, _, asked) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    let seed = try #require(record.candidates.first)
    let notes = record.events.compactMap { timed -> String? in
      if case .note(let text) = timed.event, text.hasPrefix("Now the stage") { text } else { nil }
    }
    #expect(notes.count == 2)
    var changed: [Set<String>] = []
    for candidate in record.candidates.dropFirst() {
      #expect(candidate.prompts.keys.sorted() == ["colour", "kind"])
      #expect(candidate.prompts["kind"]?.layout == .systemMessage)
      let own = candidate.prompts.filter { $0.value != seed.prompts[$0.key] }.map(\.key)
      changed.append(Set(own))
    }
    // The script does not read instructions, so nothing is better and each stage starts anew.
    #expect(changed.contains(["kind"]) && changed.contains(["colour"]))
    #expect(!changed.contains(["kind", "colour"]))
    #expect(asked.contains { $0.promptText.contains("kind, which reads thing and writes kind") })
    let steps = record.events.compactMap { timed -> Int? in
      if case .stepStarted(let step, _, _) = timed.event { step } else { nil }
    }
    #expect(steps == Array(1...steps.count))
  }

  @Test("One stage alone is searched when it is named, and an unknown one is refused")
  func oneStage() async throws {
    let optimizer = try program(
      "gpo", ["stage": .string("colour"), "candidates": .number(2), "epochs": .number(1)])
    let (record, _, _) = try await TwoStageTask.run(optimizer, writer: Self.writer)
    let kinds = Set(record.candidates.map { $0.prompts["kind"]?.instruction })
    #expect(kinds == ["Tell the kind."])
    #expect(record.candidates.count > 1)
    let error = #expect(throws: CatalogProblems.self) {
      try program("gpo", ["stage": .string("color")])
    }
    #expect(
      error?.description
        == "gpo: the program has no stage \"color\"; did you mean \"colour\"?; there are: kind, colour"
    )
  }

  @Test(
    "Demonstrations are searched from the best instructions, under one budget",
    arguments: [
      ("labeled", "labelled"), ("bootstrap", "demonstrations, set"),
      ("random-search", "2 demonstrations"),
      ("tpe", "combination"), ("knn", "nearest"),
    ])
  func exemplars(kind: String, move: String) async throws {
    let optimizer = try program(
      "opro",
      ["exemplars": .string(kind), "exemplar-count": .number(2), "candidates": .number(2)])
    let loaded = try TwoStageTask.loaded(
      train: 8, dev: 4, test: 2, budget: Budget(calls: 400))
    let (record, _, _) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    #expect(record.result?.bestDevScore == 1)
    let made = try #require(record.result?.best.lineage.move)
    #expect(made.contains(move), "\(made)")
    // At most two for each of the two stages.
    #expect((1...4).contains(record.result?.best.demonstrationCount ?? 0))
    #expect(record.spend.totalCalls <= 400)
    let known = Set(record.candidates.map(\.id))
    #expect(record.candidates.flatMap(\.lineage.parents).allSatisfy(known.contains))
  }

  @Test("Instructions get the calls that demonstrations cannot use")
  func share() async throws {
    let loaded = try TwoStageTask.loaded(train: 8, dev: 4, test: 2, budget: Budget(calls: 400))
    let exemplars = LabeledFewShot(demonstrations: 2, sets: 2)
    let told = Mutex<Int?>(nil)
    let probe = Probe { left in told.withLock { $0 = left } }
    _ = try await TwoStageTask.run(WithExemplars(probe, exemplars: exemplars), loaded: loaded)
    // Of 400 the final test keeps 16; three evaluations on four rows of two calls each are 24.
    #expect(told.withLock { $0 } == 400 - 16 - 24)
  }

  @Test(
    "Programs obey the contract with every optimizer of the catalog",
    arguments: Catalog.all.map(\.name))
  func budget(name: String) async throws {
    let small: [String: JSONValue] = [
      "epochs": .number(1), "rounds": .number(1), "candidates": .number(3), "sets": .number(2),
      "prompts": .number(3), "trials": .number(3), "population": .number(3),
      "children": .number(2), "breadth": .number(2), "depth": .number(1),
      "steps": .number(1),
    ]
    let names = Set(Catalog.all.first { $0.name == name }?.settings.map(\.name) ?? [])
    let optimizer = try program(name, small.filter { names.contains($0.key) })
    let loaded = try TwoStageTask.loaded(train: 6, dev: 3, test: 2, budget: Budget(calls: 300))
    let (record, _, _) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    #expect(record.spend.totalCalls <= 300)
    #expect(record.result?.bestTest != nil)
    #expect((record.result?.bestDevScore ?? 0) >= (record.result?.seedDevScore ?? 1))
    let evaluation = record.dev.first { $0.candidate == record.result?.best.id }
    #expect(evaluation?.score == record.result?.bestDevScore)
    #expect(evaluation?.results.allSatisfy { $0.trace?.count == 2 } == true)
  }

  @Test("The instruction of a program's only stage is searched whatever the stage is called")
  func onlyStage() async throws {
    var loaded = try TwoStageTask.loaded()
    let stage = try Stage("colour", "thing -> colour: red | blue", instruction: "Tell the colour.")
    loaded.task.program = Program(stages: [stage])
    let optimizer = try Catalog.make(
      OptimizerChoice(
        name: "gpo", settings: ["candidates": .number(2), "epochs": .number(1)]),
      for: loaded.task.program)
    let (record, _, _) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    let texts = Set(record.candidates.map { $0.prompts["colour"]?.instruction })
    #expect(texts.count > 1 && texts.contains("Tell the colour."))
  }

  @Test("Without a model that can write, stages in the middle get phrases about what they write")
  func phrases() async throws {
    let loaded = try TwoStageTask.loaded(train: 8, dev: 4, test: 2)
    let optimizer = try program(
      "mipro",
      [
        "candidates": .number(8), "trials": .number(12), "proposer": .string("phrasebook"),
        "lessons": .number(1), "demonstrations": .number(1),
      ])
    let (record, _, asked) = try await TwoStageTask.run(optimizer, loaded: loaded)
    #expect(asked.isEmpty)
    let kinds = Set(record.candidates.compactMap { $0.prompts["kind"]?.instruction })
    #expect(kinds.count > 1)
    // The labels are those of the last stage and no business of the first.
    #expect(kinds.allSatisfy { !$0.contains("red") && !$0.contains("blue") })
    #expect(kinds.contains { $0.contains("kind") && $0 != "Tell the kind." })
  }
}

/// A search that only tells how many calls it may use.
private struct Probe: Optimizer {
  var name: String { "probe" }
  let tell: @Sendable (Int?) -> Void

  init(_ tell: @escaping @Sendable (Int?) -> Void) { self.tell = tell }

  func cost(of facts: TaskFacts) -> SearchCost { SearchCost(minimum: 1, maximum: 1) }

  func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    tell(await session.remaining().calls)
    return SearchResult(
      best: Candidate(seedOf: session.task.program), devScore: nil, seedDevScore: nil,
      end: .finished)
  }
}
