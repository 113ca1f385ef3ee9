// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct PE2Tests {
  @Test("The second turn goes on from the inspection of failing rows")
  func turns() async throws {
    let session = try MethodSession.make()
    _ = try await PE2(errors: 2, candidates: 2, rounds: 1, beam: 1, proposer: .metaPrompt)
      .optimize(in: session)
    #expect(session.requests.count == 4)
    for (first, second) in zip(session.requests.prefix(2), session.requests.suffix(2)) {
      guard case .chat(let asked) = first.input, case .chat(let turns) = second.input else {
        Issue.record("both turns are chats")
        return
      }
      #expect(asked.count == 1 && turns.map(\.role) == [.user, .assistant, .user])
      #expect(turns.first == asked.first)
      #expect(turns[1].content.hasPrefix("it never asks for the"))
      #expect(first.temperature == 0.5 && first.maxTokens == 1500 && second.temperature == 0.7)
      let shown = session.train.filter { asked[0].content.contains($0.fields["input"] ?? "-") }
      #expect(shown.count == 2)
      #expect(shown.allSatisfy { MethodSession.score(session.instruction, $0) == 0 })
      #expect(turns[2].content.contains("Change at most 10 words"))
      #expect(turns[2].content.contains("50 words at most"))
    }
  }

  @Test("The search for failing rows ends when there are enough, or after so many rows")
  func failingRows() async throws {
    func tried(_ rows: Int, rightShare: UInt64) async throws -> Int {
      let session = try MethodSession.make(
        train: 60, score: { _, row in StableHash.of(row.id) % 10 < rightShare ? 1 : 0 })
      _ = try await PE2(
        errors: 4, rows: rows, candidates: 2, rounds: 1, beam: 1, proposer: .metaPrompt
      )
      .optimize(in: session)
      return session.training.reduce(0) { $0 + $1.examples.count }
    }
    #expect(try await tried(64, rightShare: 0) == 8)
    #expect(try await tried(64, rightShare: 9) > 8)
    #expect(try await tried(20, rightShare: 10) == 0, "a perfect seed is left alone")
  }

  @Test("A bad round is taken back, unless backtracking is off", arguments: [true, false])
  func backtracking(backtracks: Bool) async throws {
    let session = try MethodSession.make(
      write: { request in
        if request.stop.isEmpty { return reply("hm") }
        let isFirst =
          request.wholeText.contains("Let's think step by step.")
          && !request.wholeText.contains("tried before")
        let text = StableHash.hex(request.wholeText + "\(request.sampleIndex)").prefix(5)
        return reply("<new_prompt>\(isFirst ? "Sentiment" : "Hardly") \(text)</new_prompt>")
      })
    _ = try await PE2(
      candidates: 2, rounds: 3, beam: 1, backtracks: backtracks, proposer: .metaPrompt
    ).optimize(in: session)
    let parents = session.training.map(\.candidate.instruction).reduce(into: [String]()) {
      if $0.last != $1 { $0.append($1) }
    }
    try #require(parents.count > 1)
    #expect(parents[0] == "Let's think step by step." && parents[1].hasPrefix("Sentiment"))
    // The second round brings worse prompts only.
    try #require(parents.count == (backtracks ? 2 : 3))
    if !backtracks { #expect(parents[2].hasPrefix("Hardly")) }
  }

  @Test("A prompt that no row fails makes no proposal")
  func nothingFails() async throws {
    let session = try MethodSession.make(score: { _, row in
      row.id.hasPrefix("train:") || StableHash.of(row.id) % 2 == 0 ? 1 : 0
    })
    let result = try await PE2(rounds: 5, proposer: .metaPrompt).optimize(in: session)
    #expect(result.end == .noProposals(steps: 3) && session.requests.isEmpty)
  }

  @Test("The second turn shows the earlier prompts or their summary", arguments: [true, false])
  func history(isSummary: Bool) async throws {
    let session = try MethodSession.make(
      write: { request in
        request.wholeText.contains("What was tried so far")
          ? reply("<new_prompt>Short \(StableHash.hex(request.wholeText))</new_prompt>")
          : MethodSession.write(request)
      })
    _ = try await PE2(
      trajectory: isSummary ? SummaryTrajectory() : RecencySelection(k: 3), candidates: 2,
      rounds: 3, beam: 1, proposer: .metaPrompt
    ).optimize(in: session)
    let last = try #require(session.requests.last).wholeText
    #expect(last.contains("What was tried so far, summed up:") == isSummary)
    #expect(last.contains("These prompts were tried before") != isSummary)
  }
}
