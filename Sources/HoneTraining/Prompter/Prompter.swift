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
    let drawn = try await draws(of: prompts, samples: samples, sampling: sampling, seed: seed)
    return zip(prompts, drawn).map { prompt, generations in
      generations.map { generation in
        var rewrite = generation
        rewrite.text = Self.used(generation.text, for: prompt)
        return rewrite
      }
    }
  }

  /// What is asked when this was written: the prompt itself where nothing was.
  static func used(_ rewrite: String, for prompt: String) -> String {
    rewrite.contains(where: { !$0.isWhitespace }) ? rewrite : prompt
  }

  /// The rewrites as they were drawn, empty ones too, with their tokens where they are asked for.
  func draws(
    of prompts: [String], samples: Int, sampling: RewriteSampling, seed: UInt64,
    scoresTokens: Bool = false
  ) async throws -> [[Generation]] {
    var requests: [GenerationRequest] = []
    for prompt in prompts {
      for sample in 0..<samples {
        requests.append(
          GenerationRequest(
            input: chat.input(for: prompt), maxTokens: maxTokens,
            temperature: sampling.temperature, seed: seed, sampleIndex: sample,
            scoresTokens: scoresTokens, topP: sampling.topP, topK: sampling.topK))
      }
    }
    var found = [Generation?](repeating: nil, count: requests.count)
    for try await element in model.generate(requests) {
      found[element.index] = try element.result.get()
    }
    return prompts.indices.map { index in
      found[(index * samples)..<((index + 1) * samples)].map {
        $0 ?? Generation(text: "", finish: .length, usage: Usage())
      }
    }
  }
}
