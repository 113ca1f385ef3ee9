// SPDX-License-Identifier: Apache-2.0

extension WordDiff {
  /// The new text with what went struck out and what came marked.
  var markup: Markup {
    let parts: [Markup] = pieces.map { piece in
      switch piece {
      case .kept(let words): "\(words)"
      case .removed(let words): "<del>\(words)</del>"
      case .added(let words): "<ins>\(words)</ins>"
      }
    }
    return "\(parts)"
  }

  /// How much changed, such as `+4 −2 words`.
  var size: String {
    isEmpty ? "same words" : "+\(addedWords) −\(removedWords) words"
  }
}
