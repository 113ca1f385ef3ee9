// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

/// What APE, APO and PE2 have in common.
struct MethodTests {
  private static func methods(_ kind: ProposerKind) -> [any Optimizer] {
    [
      APE(subsets: 3, candidates: 8, rounds: 2, beam: 2, proposer: kind),
      APO(minibatch: 16, candidates: 8, rounds: 2, beam: 2, proposer: kind),
      PE2(candidates: 6, rounds: 2, beam: 2, proposer: kind),
    ]
  }

  @Test("Each finds a better prompt with each proposer", arguments: ProposerKind.allCases)
  func improves(kind: ProposerKind) async throws {
    for method in Self.methods(kind) {
      let session = try MethodSession.make()
      let result = try await method.optimize(in: session)
      let seed = try #require(result.seedDevScore)
      #expect(try #require(result.devScore) > seed, "\(method.name)")
      let rows = session.dev.map { MethodSession.score(result.best.instruction, $0) ?? 0 }
      #expect(result.devScore == rows.reduce(0, +) / Double(rows.count), "on all of dev")
    }
  }

  @Test(
    "None uses more calls than it says, and the least it asks for is enough for a round",
    arguments: [ProposerKind.metaPrompt, .completion, .mixture])
  func cost(kind: ProposerKind) async throws {
    for method in Self.methods(kind) {
      let cost = method.cost(of: TaskFacts(train: 40, dev: 30))
      let free = try MethodSession.make()
      _ = try await method.optimize(in: free)
      #expect(free.calls <= cost.maximum, "\(method.name) \(kind)")
      let least = try MethodSession.make(calls: cost.minimum + 1)
      let result = try await method.optimize(in: least)
      #expect(least.calls <= cost.minimum + 1)
      #expect(least.events.first == .started(steps: 1))
      if case .budget = result.end { Issue.record("\(method.name) \(kind): \(result.end)") }
    }
  }

  @Test("The phrasebook asks no model and pays for no training row")
  func phrasebook() async throws {
    for method in Self.methods(.phrasebook) {
      let session = try MethodSession.make()
      _ = try await method.optimize(in: session)
      #expect(session.requests.isEmpty && session.training.isEmpty, "\(method.name)")
    }
  }

  @Test("The same seed makes the same run, another seed another")
  func seeds() async throws {
    for kind in [ProposerKind.metaPrompt, .mixture] {
      for (first, second) in zip(Self.methods(kind), Self.methods(kind)) {
        let sessions = try [1, 1, 2].map { try MethodSession.make(seed: $0) }
        _ = try await first.optimize(in: sessions[0])
        _ = try await second.optimize(in: sessions[1])
        _ = try await first.optimize(in: sessions[2])
        #expect(sessions[0].events == sessions[1].events)
        #expect(sessions[0].events != sessions[2].events)
      }
    }
  }

  @Test("A model that always fails leaves the seed, with a reason for every proposal")
  func failing() async throws {
    for method in Self.methods(.metaPrompt) {
      let session = try MethodSession.make(write: { _ in
        .failure(ModelError(.unavailable, "gone"))
      })
      let result = try await method.optimize(in: session)
      #expect(result.best.lineage == .seed)
      let reasons = session.events.compactMap { event -> RejectionReason? in
        guard case .rejected(_, let reason, _, _) = event else { return nil }
        return reason
      }
      #expect(!reasons.isEmpty && Set(reasons) == [.modelFailed("gone")], "\(method.name)")
    }
  }
}
