// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The tokens whose log-probabilities answer a ``LikelihoodRequest``.
///
/// Input and continuation are turned into tokens together, as the model would read them, and a
/// continuation's tokens are those after the beginning that this has in common with the input
/// alone. Where the last token of the input grows by the continuation's first letters, the grown
/// token belongs to the continuation. A continuation of one token is read off the outputs at the
/// input's end, so several of them cost no more than one.
struct ContinuationTokens {
  /// What is asked after one position of a path.
  struct Question: Hashable {
    var position: Int
    var target: Token
    var continuation: Int
  }

  /// Tokens to compute, and the questions on the way.
  struct Path {
    var tokens: [Token]
    var questions: [Question]
  }

  /// The paths, one for each different beginning.
  private(set) var paths: [Path] = []
  /// The number of tokens of each continuation.
  private(set) var counts: [Int] = []
  /// The input's tokens and all continuations'.
  private(set) var readTokens = 0

  /// Lays out a request.
  init(_ request: LikelihoodRequest, reader: InputReader) throws(ModelError) {
    let (text, marksUp) = try reader.text(of: request.input)
    let input = try reader.tokenizer.tokens(of: text, marksUp: marksUp)
    var pathOf: [[Token]: Int] = [:]
    for (index, continuation) in request.continuations.enumerated() {
      guard !continuation.isEmpty else {
        counts.append(0)
        continue
      }
      let joint = try reader.tokenizer.tokens(of: text + continuation, marksUp: marksUp)
      var common = 0
      while common < min(input.count, joint.count), input[common] == joint[common] { common += 1 }
      // A continuation that vanishes into the input's tokens is asked by its last token.
      common = min(common, joint.count - 1)
      guard common > 0 else {
        throw ModelError(
          .unsupported,
          "The input ends before the model's first token, so nothing comes before continuation"
            + " \(index + 1). Begin the input with at least one word.")
      }
      let tokens = Array(joint[..<(joint.count - 1)])
      try reader.check(tokens.count)
      counts.append(joint.count - common)
      let questions = (common..<joint.count).map {
        Question(position: $0 - 1, target: joint[$0], continuation: index)
      }
      if let known = pathOf[tokens] {
        paths[known].questions += questions
      } else {
        pathOf[tokens] = paths.count
        paths.append(Path(tokens: tokens, questions: questions))
      }
    }
    try reader.check(input.count)
    readTokens = input.count + counts.reduce(0, +)
  }
}
