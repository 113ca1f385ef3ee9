// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import Testing

struct StableRunTests {
  /// The digest was taken before the grid had reflection, summaries and beams.
  @Test("With its defaults GPO asks and decides what it did before other cells were added")
  func defaults() async throws {
    let words = ["overall", "sentiment", "review", "film", "is", "judge", "the"]
    let session = LandscapeSession(
      task: try task(seed: 11),
      vector: { text in words.map { text.contains($0) ? 1 : 0.1 } },
      write: { request in
        var chance = SeededGenerator(seed: request.seed &+ UInt64(request.sampleIndex))
        let picked = words.shuffled(by: &chance).prefix(3 + request.sampleIndex % 3)
        return reply("<new_prompt>" + picked.joined(separator: " ") + "</new_prompt>")
      },
      score: { text in
        0.2 + 0.1 * Double(words.prefix(4).count { text.contains($0) })
          + (text.hasSuffix("is") ? 0.2 : 0)
      })
    let gpo = GPO(proposer: .always(MetaPromptProposer()), candidates: 3)
    let result = try await gpo.optimize(in: session)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let events = try encoder.encode(session.events)
    let requests = try encoder.encode(session.requests)
    #expect(result.end == .plateau(steps: 8))
    #expect(StableHash.hex(String(decoding: requests, as: UTF8.self)) == "a12205606a507029")
    #expect(StableHash.hex(String(decoding: events, as: UTF8.self)) == "5fa59f81f41a0fac")
  }
}
