// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import Testing

struct APETests {
  @Test("The induction shows each subset of answered rows equally often, and not the seed")
  func induction() async throws {
    let session = try MethodSession.make()
    _ = try await APE(
      subsets: 3, demonstrations: 4, candidates: 12, rounds: 1, proposer: .metaPrompt
    ).optimize(in: session)
    let counts = Dictionary(grouping: session.requests, by: \.input).mapValues(\.count)
    #expect(counts.values.sorted() == [4, 4, 4])
    for request in session.requests {
      #expect(request.wholeText.components(separatedBy: "\nOutput: ").count == 5)
      #expect(!request.wholeText.contains("step by step"))
      let rows = session.train.filter { request.wholeText.contains($0.fields["input"] ?? "-") }
      #expect(rows.count == 4)
    }
  }

  @Test("The later rounds say the best prompts in other words and no others")
  func resampling() async throws {
    let session = try MethodSession.make(
      write: { request in
        let text = request.wholeText
        if text.contains("Somebody was given") {
          return reply("<new_prompt>Guess \(request.sampleIndex) label</new_prompt>")
        }
        return reply("<new_prompt>Other words \(text.count) \(request.sampleIndex)</new_prompt>")
      },
      score: { instruction, row in
        let isGood = instruction.hasPrefix("Guess 1 ") || instruction.hasPrefix("Guess 3 ")
        return Int(StableHash.of(row.id) % 10) < (isGood ? 8 : 3) ? 1 : 0
      })
    let result = try await APE(
      subsets: 1, candidates: 6, rounds: 2, beam: 2, selection: .full, proposer: .metaPrompt
    ).optimize(in: session)
    let later = session.requests.dropFirst(6)
    #expect(later.count == 6)
    #expect(later.prefix(3).allSatisfy { $0.wholeText.contains("Guess 1 label") })
    #expect(later.suffix(3).allSatisfy { $0.wholeText.contains("Guess 3 label") })
    #expect(result.best.instruction == "Guess 1 label")
  }

  @Test("Without a model the first round draws fresh prompts and the later ones change the best")
  func phrasebook() async throws {
    let session = try MethodSession.make()
    _ = try await APE(candidates: 8, rounds: 2, beam: 2, selection: .full, proposer: .phrasebook)
      .optimize(in: session)
    let moves = session.events.compactMap { event -> (Int, Lineage)? in
      guard case .proposed(let candidate, let step) = event else { return nil }
      return (step, candidate.lineage)
    }
    let seed = Candidate(seedOf: session.task.program).id
    #expect(moves.contains { $0.0 == 2 })
    for (step, lineage) in moves {
      #expect((lineage.move == "fresh-phrases: new") == (step == 1))
      if step == 1 { #expect(lineage.parents == [seed]) }
    }
  }

  @Test("Rows without an answer show nothing and are left out")
  func unanswered() async throws {
    let rows = examples(4).map { Example(id: $0.id, fields: $0.fields, references: []) }
    let session = RowSession(
      task: try task(), train: rows, write: MethodSession.write, score: MethodSession.score)
    let result = try await APE(candidates: 4, rounds: 1, proposer: .metaPrompt)
      .optimize(in: session)
    #expect(session.requests.isEmpty && result.best.lineage == .seed)
  }
}
