// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Has a trained prompter rewrite the current prompt.
///
/// The optimizer model is the prompter, named `prompter:NAME`. It reads the prompt alone, in the chat
/// that it was trained in, and one optimizer call makes a proposal; all go in one batch.
public struct PrompterProposer: Proposer {
  /// What the name of an optimizer model begins with when it is a prompter.
  public static let modelPrefix = "prompter:"

  /// The temperature of sampling.
  public var temperature: Double
  /// The most tokens of a rewrite.
  public var maxTokens: Int

  /// Creates a proposer.
  public init(temperature: Double = 1, maxTokens: Int = 128) {
    self.temperature = temperature
    self.maxTokens = maxTokens
  }

  /// The name.
  public var name: String { "prompter" }
  /// It reads the current prompt only.
  public var readsTrajectory: Bool { false }
  /// One call a proposal.
  public var callsPerProposal: Int { 1 }

  /// Whether a task's optimizer model is a prompter.
  static func isNamed(in task: PromptTask) -> Bool {
    (task.models[.optimizer] ?? "").hasPrefix(modelPrefix)
  }

  /// Has the prompt rewritten `count` times.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    var generator = session.random(request.stream(name))
    let seed = generator.next()
    let input = PrompterChat().input(for: request.current.instruction)
    let requests = (0..<count).map {
      GenerationRequest(
        input: input, maxTokens: maxTokens, temperature: temperature, seed: seed, sampleIndex: $0)
    }
    return try await session.generate(requests, as: .optimizer).map { result in
      switch result {
      case .success(let generation):
        Proposal(source: name, move: name, text: generation.text.trimmed)
      case .failure(let error): .failed(error, source: name)
      }
    }
  }
}
