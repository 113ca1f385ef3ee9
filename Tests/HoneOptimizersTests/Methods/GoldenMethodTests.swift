// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

/// Every request of a short run, as a text that can be read.
struct GoldenMethodTests {
  @Test(
    "APE's requests are those of the fixtures", arguments: [ProposerKind.metaPrompt, .completion])
  func ape(kind: ProposerKind) async throws {
    let session = try MethodSession.make()
    _ = try await APE(
      subsets: 2, demonstrations: 3, candidates: 4, rounds: 2, beam: 2, selection: .full,
      proposer: kind
    ).optimize(in: session)
    #expect(session.requests.count == 8)
    try RequestText.check(RequestText.of(session.requests), against: "ape-\(kind.rawValue)")
  }

  @Test(
    "APO's requests are those of the fixtures", arguments: [ProposerKind.metaPrompt, .completion])
  func apo(kind: ProposerKind) async throws {
    let session = try MethodSession.make()
    _ = try await APO(
      minibatch: 16, groups: 2, errors: 2, paraphrases: 1, candidates: 4, rounds: 1, beam: 1,
      selection: .full, proposer: kind
    ).optimize(in: session)
    // Two reasons, two rewrites, and a paraphrase of each and of the seed.
    #expect(session.requests.count == 7)
    try RequestText.check(RequestText.of(session.requests), against: "apo-\(kind.rawValue)")
  }

  @Test(
    "PE2's requests are those of the fixtures", arguments: [ProposerKind.metaPrompt, .completion])
  func pe2(kind: ProposerKind) async throws {
    let session = try MethodSession.make()
    _ = try await PE2(candidates: 2, rounds: 3, beam: 1, proposer: kind).optimize(in: session)
    #expect(session.requests.count == 12)
    let third = Array(session.requests.suffix(4))
    try RequestText.check(RequestText.of(third), against: "pe2-\(kind.rawValue)-step-3")
  }
}
