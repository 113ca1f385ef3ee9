// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneLlama

extension PrompterChat {
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
