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

  /// A drawn rewrite as the tokens that were drawn.
  ///
  /// The same text can be written in other tokens than a tokenizer would choose, which the model may
  /// hold for very unlikely; so the numbers that the engine tells are taken where there are any. A
  /// rewrite that was cut has no end.
  func sequence(
    of prompt: String, drawn: Generation, in vocabulary: ModelVocabulary
  ) throws(ModelError) -> TokenSequence {
    let given = try vocabulary.tokens(of: input(for: prompt))
    var written = drawn.tokens?.compactMap(\.number) ?? []
    if written.count != drawn.tokens?.count {
      written = try vocabulary.tokens(ofResponse: drawn.text)
    }
    if drawn.finish != .length { written.append(vocabulary.endToken) }
    return TokenSequence(tokens: given + written, promptCount: given.count)
  }
}
