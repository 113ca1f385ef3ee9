// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneRuns
import HoneTesting
import Testing

/// The exact sequence of requests of the optimizers over demonstrations, on a small case.
struct FewShotTests {
  @Test("LabeledFewShot asks as it must: the seed on dev, the set on dev, both on test")
  func labeled() async throws {
    let (record, requests, _) = try await TwoStageTask.run(LabeledFewShot(demonstrations: 3))
    let set = try #require(record.result?.best.prompts["colour"]?.demonstrations)
    let shown = set.map { "\($0.fields["thing"]?.last ?? "?")?>\($0.answer)" }
      .joined(separator: " ")
    #expect(set.count == 3)
    // Labelled rows do not say what the first stage writes, so it shows none.
    #expect(
      requests == [
        "kind [] 5", "kind [] 6", "colour [] 5", "colour [] 6",
        // The first stage is asked the same again, which the journal answers.
        "colour [\(shown)] 5", "colour [\(shown)] 6",
        "kind [] 7", "colour [] 7", "colour [\(shown)] 7",
      ])
    #expect(record.result?.seedDevScore == 0.5 && record.result?.bestDevScore == 1)
    for item in set {
      let number = Int(item.fields["thing"]?.split(separator: " ").last ?? "") ?? 0
      #expect(item.answer == (number % 4 < 2 ? "red" : "blue"))
    }
  }

  @Test("A stage that labelled rows cannot show keeps its own demonstrations, until none are shown")
  func own() async throws {
    var loaded = try TwoStageTask.loaded()
    loaded.task.program.stages[0].prompt.demonstrations = [
      Demonstration(fields: ["thing": "thing 90"], answer: "kind of 90")
    ]
    let (_, requests, _) = try await TwoStageTask.run(
      BootstrapRandomSearch(draws: DemonstrationDraws(lessons: 1, rows: 2), sets: 0),
      loaded: loaded)
    let teacher = requests.filter { $0.hasPrefix("kind") && "1234".contains($0.last ?? "?") }
    #expect(
      teacher.count == 4 && teacher.allSatisfy { $0.hasPrefix("kind [90>90]") }, "\(requests)")
    // The sets on dev: the seed and the labelled rows alike, none at all, and the lesson.
    let sets = Set(requests.filter { $0.hasPrefix("kind") && $0.hasSuffix(" 5") })
    #expect(sets.contains("kind [90>90] 5") && sets.contains("kind [] 5") && sets.count == 3)
  }

  @Test("BootstrapFewShot shows each stage what it did itself on rows that came out right")
  func bootstrap() async throws {
    let optimizer = BootstrapFewShot(draws: DemonstrationDraws(lessons: 2, rows: 2))
    let (record, requests, _) = try await TwoStageTask.run(optimizer)
    // The teacher is shown two labelled rows, and never the one it is asked about.
    let teacher = requests.filter { "1234".contains($0.last ?? "?") && $0.hasPrefix("colour") }
    #expect(teacher.count == 4)
    let taken = teacher.map { line in line.split(separator: "]")[0].count { $0 == ">" } }
    #expect(taken.reduce(0, +) == 4 + 2)
    for line in teacher {
      let number = line.last.map(String.init) ?? ""
      #expect(!line.contains("\(number)?>"), "\(line)")
    }
    // Rows the teacher got right, in the order of the rows, are what both stages show.
    let best = try #require(record.result?.best)
    func isRight(_ number: Int) -> Bool {
      if number % 2 == 0 { return true }
      let asked = teacher.first { $0.hasSuffix(" \(number)") } ?? ""
      return asked.count { $0 == ">" } >= 2
    }
    let right = Array((1...4).filter(isRight).prefix(2))
    let kindsShown = right.map { number in
      Demonstration(fields: ["thing": "thing \(number)"], answer: "kind of \(number)")
    }
    let coloursShown = right.map { number in
      Demonstration(
        fields: ["thing": "thing \(number)", "kind": "kind of \(number)"],
        answer: number % 4 < 2 ? "red" : "blue")
    }
    #expect(best.prompts["kind"]?.demonstrations == kindsShown)
    #expect(best.prompts["colour"]?.demonstrations == coloursShown)
    let shown = right.map { "\($0)>\($0 % 4 < 2 ? "red" : "blue")" }.joined(separator: " ")
    let kinds = right.map { "\($0)>\($0)" }.joined(separator: " ")
    #expect(Array(requests.prefix(4)) == ["kind [] 5", "kind [] 6", "colour [] 5", "colour [] 6"])
    #expect(
      Array(requests.dropFirst(12).prefix(4)) == [
        "kind [\(kinds)] 5", "kind [\(kinds)] 6", "colour [\(shown)] 5", "colour [\(shown)] 6",
      ])
    #expect(record.result?.bestDevScore == 1)
  }

  @Test("Random search tries the fixed sets, then shuffled ones of other sizes, and keeps the best")
  func randomSearch() async throws {
    let optimizer = BootstrapRandomSearch(
      draws: DemonstrationDraws(lessons: 2, rows: 3), sets: 3, batch: 2)
    let loaded = try TwoStageTask.loaded(train: 8, dev: 4, test: 2)
    let (record, _, _) = try await TwoStageTask.run(optimizer, loaded: loaded)
    let moves = record.candidates.map(\.lineage.move)
    #expect(moves.first == "seed")
    // Set 0 is the seed itself, which shows nothing, and is turned down.
    #expect(moves.dropFirst().first == "3 labelled rows")
    let rejected = record.events.filter {
      if case .rejected(_, .duplicate, "no demonstrations", 1) = $0.event { true } else { false }
    }
    #expect(rejected.count == 1)
    #expect(record.result?.bestDevScore == 1)
    #expect(record.result?.end == .perfect)
  }

  @Test("A program scored perfectly is not searched further, and one without right rows says so")
  func noLessons() async throws {
    // Nothing reaches the passing score, so labelled rows fill the set.
    let draws = DemonstrationDraws(lessons: 2, rows: 2, passing: 1)
    var loaded = try TwoStageTask.loaded()
    loaded.splits.train = loaded.splits.train.map {
      Example(id: $0.id, fields: $0.fields, references: [])
    }
    let (record, _, _) = try await TwoStageTask.run(BootstrapFewShot(draws: draws), loaded: loaded)
    #expect(record.result?.best.id == record.result?.seed.id)
  }

  @Test("A text to complete without a place for demonstrations is refused before a call")
  func place() async throws {
    var loaded = try ReviewTask.make()
    loaded.task.program.stages[0].prompt.layout = .raw(
      try SlotTemplate("{review} {instruction}"))
    let model = ReviewTask.model()
    let folder = try TemporaryFolder()
    let error = await #expect(throws: NoPlaceForDemonstrations.self) {
      _ = try await ScriptedRun.perform(
        loaded, optimizer: LabeledFewShot(), models: .init(task: model), in: folder.url)
    }
    #expect(error?.description.contains("write {demonstrations}") == true)
    #expect(model.calls == 0)
  }
}
