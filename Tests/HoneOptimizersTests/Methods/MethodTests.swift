// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

/// What APE, APO and PE2 have in common.
struct MethodTests {
  private static func methods(_ kind: ProposerKind, beam: Int = 2) -> [any Optimizer] {
    [
      APE(subsets: 3, candidates: 8, rounds: 2, beam: beam, proposer: kind),
      APO(minibatch: 16, candidates: 8, rounds: 2, beam: beam, proposer: kind),
      PE2(candidates: 6, rounds: 2, beam: beam, proposer: kind),
    ]
  }

  @Test(
    "Each finds a better prompt with each proposer",
    arguments: [ProposerKind.metaPrompt, .completion, .phrasebook, .auto])
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
    for method in Self.methods(.phrasebook, beam: 1) {
      let session = try MethodSession.make()
      _ = try await method.optimize(in: session)
      #expect(session.requests.isEmpty && session.training.isEmpty, "\(method.name)")
    }
  }

  @Test("The same seed makes the same run, another seed another")
  func seeds() async throws {
    for kind in [ProposerKind.metaPrompt, .mixture] {
      let methods = Self.methods(kind, beam: 1)
      // The phrasebook is slow in a debug build; one method shows that mixtures are deterministic.
      for method in kind == .mixture ? methods.suffix(1) : methods[...] {
        let sessions = try [1, 1, 2].map { try MethodSession.make(seed: $0) }
        _ = try await method.optimize(in: sessions[0])
        _ = try await method.optimize(in: sessions[1])
        _ = try await method.optimize(in: sessions[2])
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

  @Test("The articles' sums are right")
  func articles() {
    let facts = TaskFacts(train: 48, dev: 48)
    // Every search keeps one call for a vector of the seed, which these do not embed.
    let ape = APE(proposer: .metaPrompt).cost(of: facts)
    #expect(ape == SearchCost(minimum: 48 + 1090, maximum: 1 + 3318))
    let apo = APO(proposer: .metaPrompt).cost(of: facts)
    #expect(apo == SearchCost(minimum: 48 + 968, maximum: 1 + 5856))
    let pe2 = PE2(proposer: .metaPrompt).cost(of: facts)
    #expect(pe2 == SearchCost(minimum: 48 + 296, maximum: 1 + 640))
  }
}
