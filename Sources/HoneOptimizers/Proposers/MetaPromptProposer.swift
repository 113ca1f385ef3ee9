// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Asks the optimizer model, as a chat, with the GPO paper's meta-prompt.
///
/// One optimizer call a proposal, all in one batch. Needs a capable model: one of 135 million
/// parameters hardly ever writes a useful prompt.
public struct MetaPromptProposer: Proposer {
  /// The temperature of sampling.
  public var temperature: Double
  /// The most tokens of a response.
  public var maxTokens: Int

  /// Creates a proposer with the paper's sampling.
  public init(temperature: Double = 1, maxTokens: Int = 512) {
    self.temperature = temperature
    self.maxTokens = maxTokens
  }

  /// The name.
  public var name: String { "meta-prompt" }
  /// The meta-prompt shows the trajectory.
  public var readsTrajectory: Bool { true }
  /// One call a proposal.
  public var callsPerProposal: Int { 1 }

  /// Asks for proposals with one meta-prompt, sampled `count` times.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    let text = metaPrompt(for: request, task: session.task).text
    var generator = session.random(request.stream(name))
    let seed = generator.next()
    let requests = (0..<count).map {
      GenerationRequest(
        input: .chat([Message(.user, text)]), maxTokens: maxTokens, temperature: temperature,
        stop: [PromptWrapTags.end], seed: seed, sampleIndex: $0)
    }
    return try await session.generate(requests, as: .optimizer).map { result in
      switch result {
      case .success(let generation): proposal(from: generation)
      case .failure(let error): .failed(error, source: name)
      }
    }
  }

  /// The meta-prompt of a step.
  public func metaPrompt(for request: ProposalRequest, task: PromptTask) -> MetaPrompt {
    MetaPrompt(
      task: task.description, trajectory: request.excerpt, current: request.facts,
      examples: request.examples, refinement: request.refinement, stepSize: request.stepSize,
      maxWords: request.maxWords)
  }

  private func proposal(from generation: Generation) -> Proposal {
    var text = generation.text
    // The closing tag is a stop text, which a response does not hold.
    if generation.finish == .stopText { text += PromptWrapTags.end }
    let parsed = ResponseParser().parse(text)
    let repairs = parsed.repairs.isEmpty ? "" : ": " + parsed.repairs.joined(separator: ", ")
    return Proposal(source: name, move: name + repairs, text: parsed.text)
  }
}

extension Proposal {
  /// The proposal that a failed call left.
  static func failed(_ error: ModelError, source: String) -> Proposal {
    Proposal(source: source, move: source, text: "", failure: .modelFailed(error.message))
  }
}
