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
  ///   - samples: How many rewrites of each; with temperature 0 all are the same.
  ///   - temperature: How freely they are drawn.
  ///   - seed: What they are drawn from.
  /// - Returns: The rewrites of each prompt; one that came out empty is the prompt itself.
  /// - Throws: `ModelError` when one cannot be written.
  public func rewrites(
    of prompts: [String], samples: Int = 1, temperature: Double = 0, seed: UInt64 = 0
  ) async throws -> [[String]] {
    var requests: [GenerationRequest] = []
    for prompt in prompts {
      for sample in 0..<samples {
        requests.append(
          GenerationRequest(
            input: chat.input(for: prompt), maxTokens: maxTokens, temperature: temperature,
            seed: seed, sampleIndex: sample))
      }
    }
    var texts = [String](repeating: "", count: requests.count)
    for try await element in model.generate(requests) {
      texts[element.index] = try element.result.get().text
    }
    return prompts.enumerated().map { index, prompt in
      texts[(index * samples)..<((index + 1) * samples)].map { text in
        text.contains { !$0.isWhitespace } ? text : prompt
      }
    }
  }
}
