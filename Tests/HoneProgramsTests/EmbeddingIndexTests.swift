// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import HoneRuns
import HoneTesting
import Testing

/// The index of vectors on disk, and stages that search it.
struct EmbeddingIndexTests {
  /// Texts are near to each other by the animals they name.
  private func embedder(_ digest: String = "animals-1") -> ScriptedModel {
    ScriptedModel(
      name: "animals", digest: digest,
      embedder: { text throws(ModelError) in
        if text.contains("unspeakable") { throw ModelError(.tooLong, "it is too long") }
        return ["cat", "dog", "fox"].map { text.contains($0) ? 1 : 0.1 }
      }
    ) { _ throws(ModelError) in "" }
  }

  private func write(_ rows: [String], to name: String, in folder: TemporaryFolder) throws {
    let lines = rows.map { #"{"text": "\#($0)"}"# }.joined(separator: "\n")
    try Data(lines.utf8).write(to: folder.url.appending(path: name))
  }

  @Test("Only rows that changed are embedded again")
  func changes() async throws {
    let folder = try TemporaryFolder()
    let model = embedder()
    let documents = PassageFolder(folder.url)
    try write(["a cat", "a dog", "a fox"], to: "a.jsonl", in: folder)
    try write(["two cats", "two dogs"], to: "b.jsonl", in: folder)
    let first = try await EmbeddingIndex.open(documents, by: model)
    #expect(first.update.embedded == 5 && first.update.kept == 0 && model.calls == 5)
    #expect(
      first.index.passages.map(\.id) == [
        "a.jsonl:1", "a.jsonl:2", "a.jsonl:3", "b.jsonl:1", "b.jsonl:2",
      ])

    let second = try await EmbeddingIndex.open(documents, by: model)
    #expect(second.update.kept == 5 && second.update.embedded == 0 && model.calls == 5)

    // One row changed, one new, one moved to another place, one gone.
    try write(["a dog", "a wild fox"], to: "a.jsonl", in: folder)
    try write(["two cats", "two dogs", "three cats"], to: "b.jsonl", in: folder)
    let third = try await EmbeddingIndex.open(documents, by: model)
    #expect(third.update.kept == 3 && third.update.embedded == 2 && third.update.removed == 2)
    #expect(model.calls == 7)
    let vector = Embedding(values: [0, 0, 1], usage: Usage())
    #expect(
      third.index.search("", vector: vector, count: 1).map(\.passage.text) == ["a wild fox"])
  }

  @Test("Vectors of another embedder are not taken over")
  func otherEmbedder() async throws {
    let folder = try TemporaryFolder()
    try write(["a cat", "a dog"], to: "a.jsonl", in: folder)
    _ = try await EmbeddingIndex.open(PassageFolder(folder.url), by: embedder())
    let other = embedder("animals-2")
    let opened = try await EmbeddingIndex.open(PassageFolder(folder.url), by: other)
    #expect(opened.update.embedded == 2 && other.calls == 2 && opened.update.damage == nil)
  }

  /// Ways in which a file may be damaged, with what is said of it.
  enum Damage: String, CaseIterable {
    case foreign = "does not begin as an index does"
    case empty = "it does not begin as an index"
    case cut = "its checksum does not fit"
    case flipped = "its checksum does not fit its content"

    func applied(to data: Data) -> Data {
      switch self {
      case .foreign: return Data("nothing of the kind, and a good deal longer than a head is".utf8)
      case .empty: return Data()
      case .cut: return data.dropLast(7)
      case .flipped:
        var bytes = [UInt8](data)
        bytes[bytes.count / 2] ^= 1
        return Data(bytes)
      }
    }
  }

  @Test("A damaged index is told of and made anew", arguments: Damage.allCases)
  func damage(kind: Damage) async throws {
    let folder = try TemporaryFolder()
    try write(["a cat", "a dog"], to: "a.jsonl", in: folder)
    let documents = PassageFolder(folder.url)
    _ = try await EmbeddingIndex.open(documents, by: embedder())
    let file = EmbeddingIndex.place(for: folder.url)
    try kind.applied(to: Data(contentsOf: file)).write(to: file)

    let model = embedder()
    let opened = try await EmbeddingIndex.open(documents, by: model)
    guard case .damaged(let name, let why)? = opened.update.damage else {
      Issue.record("\(opened.update)")
      return
    }
    #expect(name.hasSuffix(".hone-index") && why.contains(kind.rawValue))
    #expect(opened.update.embedded == 2 && model.calls == 2)
    let again = try await EmbeddingIndex.open(documents, by: model)
    #expect(again.update.damage == nil && again.update.kept == 2)
  }

  @Test("A passage without a vector and a folder without passages are named")
  func problems() async throws {
    let folder = try TemporaryFolder()
    let empty = await #expect(throws: PassageFileProblem.self) {
      try await EmbeddingIndex.open(PassageFolder(folder.url), by: embedder())
    }
    #expect(empty?.problem == "is a folder without a .jsonl file")
    try write(["a cat", "an unspeakable thing"], to: "a.jsonl", in: folder)
    let long = await #expect(throws: PassageIndexProblem.self) {
      try await EmbeddingIndex.open(PassageFolder(folder.url), by: embedder())
    }
    #expect(long == .notEmbedded(passage: "a.jsonl:2", reason: "it is too long"))
  }

  @Test("What is found by words and by meaning is joined by the ranks")
  func fusion() {
    let passages = ["red", "green", "blue"].map { Passage(id: $0, text: "a \($0) thing") }
    let vectors: [[Float]] = [[1, 0], [0.6, 0.8], [0, 1]]
    let fused = RankFusion([BM25Index(passages), EmbeddingIndex(passages, vectors: vectors)])
    let vector = Embedding(values: [0, 1], usage: Usage())
    // By words "red" alone is found; by meaning blue, green, red.
    let hits = fused.search("red", vector: vector, count: 3)
    #expect(hits.map(\.passage.id) == ["red", "blue", "green"])
    #expect(hits.first?.score == 1.0 / 61 + 1.0 / 63)
    #expect(fused.search("red", vector: nil, count: 3).map(\.passage.id) == ["red"])
  }

  /// A program that finds facts, then answers.
  private func loaded(_ folder: TemporaryFolder, by: StageRetrieval.Measure) throws -> LoadedTask {
    let retrieval = StageRetrieval(documents: folder.url.path(), by: by, count: 1)
    let program = Program(stages: [
      try Stage("find", "question -> facts", retrieving: retrieval),
      try Stage("say", "question, facts -> answer", instruction: "Answer from the facts."),
    ])
    let rows = ["cat", "dog", "fox"].map {
      Example(id: $0, fields: ["question": "Where is the \($0)?"], references: ["with the \($0)"])
    }
    let task = PromptTask(
      name: "places", description: "Say where it is.", inputFields: ["question"],
      answer: AnswerFormat(kind: .freeText), metric: .exactMatch, program: program)
    return LoadedTask(
      task: task,
      splits: DataSplits(train: [], dev: rows, test: SealedExamples([])))
  }

  /// Says where the facts say it is.
  private let reader = ScriptedModel { request throws(ModelError) in
    let last = request.promptText.split(separator: "\n").last { $0.contains("- ") } ?? ""
    return "with the " + (["cat", "dog", "fox"].first { last.contains($0) } ?? "none")
  }

  @Test("A stage searches by meaning with the calls of all examples in one batch, and is charged")
  func stage() async throws {
    let folder = try TemporaryFolder()
    try write(["a cat sleeps", "a dog barks", "a fox runs"], to: "notes.jsonl", in: folder)
    let loaded = try loaded(folder, by: .meaning)
    #expect(loaded.task.program.callsPerExample == 1 + 2)
    let model = embedder()
    let run = try EvaluationRun(
      loaded, models: ModelSet(task: reader, embedder: model), options: ScriptedRun.options)
    let seed = Candidate(seedOf: loaded.task.program)
    #expect(Array(seed.prompts.keys) == ["say"])
    let found = try await run.evaluate([seed], on: .dev)
    #expect(found.first?.score == 1)
    // The passages in one batch, the queries in another.
    #expect(model.batches == [3, 3])
    #expect(run.spend.calls[.embedder] == 3 && run.spend.calls[.task] == 3)
    let trace = try #require(found.first?.results.first?.trace)
    #expect(trace.map(\.stage) == ["find", "say"])
    #expect(trace.first?.outputs == ["facts": "- a cat sleeps"])
  }

  @Test("Without an embedder a search by meaning says what is missing, and one by words goes on")
  func noEmbedder() async throws {
    let folder = try TemporaryFolder()
    try write(["a cat sleeps", "a dog barks", "a fox runs"], to: "notes.jsonl", in: folder)
    func score(_ by: StageRetrieval.Measure) async throws -> Double? {
      let loaded = try loaded(folder, by: by)
      let run = try EvaluationRun(
        loaded, models: ModelSet(task: reader), options: ScriptedRun.options)
      return try await run.evaluate([Candidate(seedOf: loaded.task.program)], on: .dev).first?.score
    }
    #expect(try await score(.words) == 1)
    let error = await #expect(throws: ModelError.self) { try await score(.both) }
    #expect(
      error?.message.contains("the stage find searches by meaning, and no model is set") == true)
  }

  @Test("A saved program keeps how a stage retrieves, and shows the messages of the others")
  func saved() throws {
    let folder = try TemporaryFolder()
    let task = try loaded(folder, by: .both).task
    let text = try SavedProgram(Candidate(seedOf: task.program), of: task).text()
    let saved = try JSONDecoder().decode(SavedProgram.self, from: text)
    #expect(try saved.program().stages.map(\.retrieval) == task.program.stages.map(\.retrieval))
    #expect(
      try saved.candidate(of: task.program, from: "it").prompts
        == Candidate(seedOf: task.program).prompts)
    #expect(try saved.messages(["question": "Where?"]).map(\.stage.name) == ["say"])
  }
}
