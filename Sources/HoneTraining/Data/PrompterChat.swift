// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneLlama

/// The chat in which a prompter is asked for a rewrite, in training and in use alike.
public struct PrompterChat: Sendable, Hashable, Codable {
  /// What the prompter is told to do.
  public var instruction: String

  /// Creates a chat form.
  public init(
    instruction: String = "Rewrite the user's prompt so that a language model answers it better. "
      + "Keep its meaning. Answer with the rewritten prompt only."
  ) {
    self.instruction = instruction
  }

  /// What the prompter reads for a user's prompt.
  public func input(for prompt: String) -> ModelInput {
    .chat([Message(.system, instruction), Message(.user, prompt)])
  }

  /// A pair as tokens to train on.
  /// - Throws: `ModelError` when the vocabulary cannot express it.
  public func sequence(
    of pair: PromptPair, in vocabulary: ModelVocabulary
  ) throws(ModelError) -> TokenSequence {
    let prompt = try vocabulary.tokens(of: input(for: pair.prompt))
    let response = try vocabulary.tokens(ofResponse: pair.rewrite) + [vocabulary.endToken]
    return TokenSequence(tokens: prompt + response, promptCount: prompt.count)
  }
}
