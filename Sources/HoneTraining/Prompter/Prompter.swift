// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A model that rewrites prompts.
public struct Prompter: Sendable {
  private let model: any LanguageModel
  private let chat: PrompterChat
  /// The most tokens of a rewrite.
  public var maxTokens: Int

  /// Creates a prompter of a model that has its adapter.
  public init(model: any LanguageModel, chat: PrompterChat, maxTokens: Int = 256) {
    self.model = model
    self.chat = chat
    self.maxTokens = maxTokens
  }

  /// Rewrites prompts, several times each.
  ///
  /// Costs one call of the prompter's model for each prompt and sample; all go in one batch.
  /// - Parameters:
  ///   - prompts: The users' prompts.
  ///   - samples: How many rewrites of each; drawn greedily all are the same.
  ///   - sampling: How freely they are drawn.
  ///   - seed: What they are drawn from.
  /// - Returns: The rewrites of each prompt; one that came out empty is the prompt itself.
  /// - Throws: `ModelError` when one cannot be written.
  public func rewrites(
    of prompts: [String], samples: Int = 1, sampling: RewriteSampling = .greedy, seed: UInt64 = 0
  ) async throws -> [[String]] {
    try await generations(of: prompts, samples: samples, sampling: sampling, seed: seed)
      .map { $0.map(\.text) }
  }

  /// The same with the tokens that each took and why it ended.
  public func generations(
    of prompts: [String], samples: Int = 1, sampling: RewriteSampling = .greedy, seed: UInt64 = 0
  ) async throws -> [[Generation]] {
    var requests: [GenerationRequest] = []
    for prompt in prompts {
      for sample in 0..<samples {
        requests.append(
          GenerationRequest(
            input: chat.input(for: prompt), maxTokens: maxTokens,
            temperature: sampling.temperature, seed: seed, sampleIndex: sample,
            topP: sampling.topP, topK: sampling.topK))
      }
    }
    var found = [Generation?](repeating: nil, count: requests.count)
    for try await element in model.generate(requests) {
      found[element.index] = try element.result.get()
    }
    return prompts.enumerated().map { index, prompt in
      found[(index * samples)..<((index + 1) * samples)].map { generation in
        var rewrite = generation ?? Generation(text: "", finish: .length, usage: Usage())
        if !rewrite.text.contains(where: { !$0.isWhitespace }) { rewrite.text = prompt }
        return rewrite
      }
    }
  }
}
