// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The most that calls may use, known before they are sent.
struct CallEstimate: Sendable, Hashable {
  var calls = 0
  var promptTokens = 0
  var completionTokens = 0
  var dollars = 0.0

  var tokens: Int { promptTokens + completionTokens }

  /// The worst case of one call.
  ///
  /// Tokens of the prompt are reckoned as one for two bytes of text and 8 for each turn, about twice
  /// of what English takes; a few scripts take more, by which a limit can be overrun once a batch.
  init(input: ModelInput, completionTokens: Int, price: TokenPrice?) {
    calls = 1
    switch input {
    case .text(let text): promptTokens = Self.tokens(of: text) + 8
    case .chat(let messages):
      promptTokens = messages.reduce(8 + input.imageCount * ImagePart.reckonedTokens) {
        $0 + Self.tokens(of: $1.content) + 8
      }
    }
    self.completionTokens = completionTokens
    if let price {
      dollars =
        (Double(promptTokens) * price.prompt + Double(completionTokens) * price.completion) / 1e6
    }
  }

  init() {}

  static func tokens(of text: String) -> Int { (text.utf8.count + 1) / 2 }

  static func + (a: CallEstimate, b: CallEstimate) -> CallEstimate {
    var sum = a
    sum.calls += b.calls
    sum.promptTokens += b.promptTokens
    sum.completionTokens += b.completionTokens
    sum.dollars += b.dollars
    return sum
  }
}
