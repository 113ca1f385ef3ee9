// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Advice on a word that is none of those there are.
enum NearestName {
  /// A sentence such as `Did you mean "gpo"?`, or one with the words there are; nil when there are
  /// none.
  static func advice(for word: String, among words: [String]) -> String? {
    guard let advice = NearestWord.advice(for: word, among: words) else { return nil }
    let sentence = advice.prefix(1).uppercased() + advice.dropFirst()
    return sentence.hasSuffix("?") ? sentence : sentence + "."
  }

  /// A message with the advice after it.
  static func message(_ message: String, for word: String, among words: [String]) -> String {
    advice(for: word, among: words).map { "\(message). \($0)" } ?? message
  }
}
