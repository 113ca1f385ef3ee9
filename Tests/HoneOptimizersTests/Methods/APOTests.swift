// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct APOTests {
  @Test("All prompts of a round answer the same rows, another round's answer others")
  func minibatch() async throws {
    let session = try MethodSession.make()
    _ = try await APO(
      minibatch: 12, candidates: 12, rounds: 3, beam: 3, selection: .full, proposer: .metaPrompt
    ).optimize(in: session)
    let rows = session.training.map { $0.examples.map(\.id) }
    try #require(rows.count == 7, "the seed alone, then the beam of 3 twice")
    #expect(rows.allSatisfy { $0.count == 12 })
    #expect(Set(rows[1...3]).count == 1 && Set(rows[4...6]).count == 1)
    #expect(Set([rows[0], rows[1], rows[4]]).count == 3)
  }

  @Test("A reason is asked of mistakes alone, and the rewrite is shown it")
  func reasons() async throws {
    let session = try MethodSession.make()
    _ = try await APO(
      minibatch: 40, groups: 3, errors: 2, paraphrases: 0, candidates: 3, rounds: 1, beam: 1,
      proposer: .metaPrompt
    ).optimize(in: session)
    let reasons = session.requests.prefix(3)
    for request in reasons {
      let shown = session.train.filter { request.wholeText.contains($0.fields["input"] ?? "-") }
      #expect(shown.count == 2)
      #expect(shown.allSatisfy { MethodSession.score(session.instruction, $0) == 0 })
    }
    for (index, request) in session.requests.dropFirst(3).enumerated() {
      let word = MethodSession.words[index]
      #expect(request.wholeText.contains("it never asks for the \(word)"))
    }
    #expect(session.requests.count == 6)
  }

  @Test("One prompt never has more new ones than its share")
  func share() async throws {
    let session = try MethodSession.make()
    _ = try await APO(candidates: 8, rounds: 3, beam: 4, proposer: .metaPrompt).optimize(
      in: session)
    var counts: [String: Int] = [:]
    for case .proposed(let candidate, let step) in session.events {
      counts["\(step) \(candidate.lineage.parents)", default: 0] += 1
    }
    #expect(!counts.isEmpty && counts.values.allSatisfy { $0 <= 2 })
  }

  @Test("A prompt without mistakes is said in other words only")
  func perfectOnTrain() async throws {
    let session = try MethodSession.make(score: { _, row in
      row.id.hasPrefix("train:") || StableHash.of(row.id) % 2 == 0 ? 1 : 0
    })
    _ = try await APO(paraphrases: 2, candidates: 4, rounds: 1, beam: 1, proposer: .metaPrompt)
      .optimize(in: session)
    #expect(session.requests.count == 2)
    #expect(
      session.requests.allSatisfy {
        $0.wholeText.contains("in other words") || $0.wholeText.contains("Say the same")
      })
  }

  @Test("The reason that helps wins")
  func wins() async throws {
    let session = try MethodSession.make(
      write: { request in
        let text = request.wholeText
        if request.stop.isEmpty {
          return reply(request.sampleIndex == 2 ? "no label" : "too short")
        }
        if text.contains("Say the same") {
          return reply("<new_prompt>Hm \(text.count)</new_prompt>")
        }
        return reply(
          text.contains("no label")
            ? "<new_prompt>Give the label of the sentiment.</new_prompt>"
            : "<new_prompt>Think longer \(request.sampleIndex)</new_prompt>")
      })
    let result = try await APO(candidates: 32, rounds: 1, proposer: .metaPrompt)
      .optimize(in: session)
    #expect(result.best.instruction == "Give the label of the sentiment.")
    #expect(result.best.lineage.move == "error-reasons: rewrite")
  }
}

extension RowSession {
  /// The instruction the search starts from.
  var instruction: String { Candidate(seedOf: task.program).instruction }
}
