// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Turns a request's input into the tokens of a path.
struct InputReader: Sendable {
  let tokenizer: Tokenizer
  let template: ChatTemplate
  /// The most tokens that a request and its response may have together.
  let contextTokens: Int

  /// The input's text, and whether control tokens in it are meant.
  func text(of input: ModelInput) throws(ModelError) -> (text: String, marksUp: Bool) {
    guard input.imageCount == 0 else {
      throw ModelError(
        .unsupported, "A model that runs here reads text alone; for images name one behind an API.")
    }
    return switch input {
    case .chat(let messages): (try template.text(of: messages), template.marksUp)
    case .text(let text): (text, false)
    }
  }

  /// The input's tokens, at least one and few enough to leave room for a response.
  func tokens(of input: ModelInput) throws(ModelError) -> [Token] {
    let (text, marksUp) = try text(of: input)
    let tokens = try tokenizer.tokens(of: text, marksUp: marksUp)
    guard !tokens.isEmpty else {
      throw ModelError(
        .unsupported, "The input is empty, but this model needs at least one token to go on from.")
    }
    try check(tokens.count)
    return tokens
  }

  /// Refuses a path that leaves no room for a response.
  func check(_ count: Int) throws(ModelError) {
    guard count < contextTokens else {
      throw ModelError(
        .tooLong,
        "The input has \(count) tokens, but at most \(contextTokens - 1) fit into the context."
          + " Shorten the prompt or the example, or set more memory tokens.")
    }
  }
}
