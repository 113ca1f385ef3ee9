// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct MixtureTests {
  private let mixture = ProposerChoice.mixture(with: MetaPromptProposer())

  @Test("Shares start by prior, with one for each, and then follow success")
  func shares() {
    #expect(mixture.shares(of: 8, after: []) == [7, 1])
    #expect(mixture.shares(of: 1, after: []) == [1, 0])
    let failed = (0..<20).map { _ in Attempt(source: "meta-prompt", gain: nil) }
    let gained = (0..<6).map { _ in Attempt(source: "phrasebook", gain: 0.1) }
    #expect(mixture.shares(of: 8, after: failed + gained) == [8, 0])
    let better = (0..<6).map { _ in Attempt(source: "meta-prompt", gain: 0.3) }
    let none = (0..<30).map { _ in Attempt(source: "phrasebook", gain: -0.1) }
    let shares = mixture.shares(of: 8, after: better + none)
    #expect(shares[1] >= 7)
    #expect(shares.reduce(0, +) == 8)
  }

  @Test(
    "The rule gives small models a mixture and others the meta-prompt",
    arguments: [
      (nil, "mixture"), ("smollm2-135m-instruct", "mixture"), ("gemma-3-270m", "mixture"),
      ("llama-3.1-8b-instruct", "meta-prompt"), ("prompter:mine", "prompter"),
    ] as [(String?, String)])
  func automatic(model: String?, proposer: String) throws {
    let task = try task(models: model.map { [.optimizer: $0] } ?? [:])
    let chosen = ProposerChoice.automatic(temperature: 1, maxTokens: 64).proposer(for: task)
    #expect(chosen.name == proposer)
  }

  @Test("A prompter is asked to rewrite the current prompt, in the chat it was trained in")
  func prompter() async throws {
    let task = try task(models: [.optimizer: "prompter:mine"])
    let session = LandscapeSession(
      task: task, write: { _ in reply(" Say the tone in one word. ") },
      score: { $0.hasPrefix("Say") ? 0.9 : 0.5 })
    let search = GPO(candidates: 2, epochs: 1, batch: 24).search
    let result = try await search.optimize(in: session)
    #expect(result.best.instruction == "Say the tone in one word.")
    let first = try #require(session.requests.first)
    #expect(first.input == PrompterChat().input(for: "Let's think step by step."))
  }

  @Test("A base model continues a list of scored prompts, the best last")
  func completion() async throws {
    let task = try task()
    let session = LandscapeSession(
      task: task, write: { _ in reply(" Tone: ") }, score: { $0 == "Tone:" ? 0.9 : 0.5 })
    let search = GPO(
      trajectory: .recency(3), proposer: .always(CompletionProposer()), candidates: 2, epochs: 1,
      batch: 24
    ).search
    let result = try await search.optimize(in: session)
    #expect(result.best.instruction == "Tone:")
    let last = try #require(session.requests.last)
    guard case .text(let text) = last.input else {
      Issue.record("a base model is given a text")
      return
    }
    #expect(
      text.hasSuffix(
        """
        Prompt with score 50: Let's think step by step.
        Prompt with score 90: Tone:
        Prompt with score 100:
        """))
    #expect(last.stop == ["\n"])
  }
}
