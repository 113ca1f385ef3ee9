// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

extension Trivia {
  /// The text of the documentation comments: wrapped lines are joined, empty lines divide paragraphs,
  /// and items of a list keep their lines.
  var documentation: String {
    var lines: [String] = []
    for piece in pieces {
      switch piece {
      case .docLineComment(let text): lines.append(String(text.dropFirst(3)))
      case .docBlockComment(let text):
        let body = text.dropFirst(3).dropLast(2)
        lines += body.split(separator: "\n", omittingEmptySubsequences: false).map { line in
          let bare = line.drop { $0 == " " || $0 == "\t" }
          return String(bare.hasPrefix("*") ? bare.dropFirst() : bare)
        }
      default: continue
      }
    }
    var paragraphs: [String] = []
    var startsAnew = true
    for line in lines.map(\.withoutMargins) {
      if line.isEmpty {
        startsAnew = true
      } else if startsAnew || line.hasPrefix("- ") || line.hasPrefix("* ") {
        paragraphs.append(line)
        startsAnew = false
      } else {
        paragraphs[paragraphs.count - 1] += " " + line
      }
    }
    return paragraphs.joined(separator: "\n")
  }
}

extension String {
  fileprivate var withoutMargins: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
