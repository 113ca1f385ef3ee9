// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension ScriptedModel {
  /// Minus the share of the continuation's characters that the input lacks.
  public static let characterOverlap: Scorer = { input, continuation throws(ModelError) in
    let known = Set(input.scriptedText)
    let missing = continuation.count { !known.contains($0) }
    return -Double(missing) / Double(max(1, continuation.count))
  }

  /// How often each letter a…z stands in the text.
  public static let letterCounts: Embedder = { text throws(ModelError) in
    var counts = [Float](repeating: 0, count: 26)
    for byte in text.lowercased().utf8 where (97...122).contains(byte) {
      counts[Int(byte) - 97] += 1
    }
    return counts
  }
}

extension GenerationRequest {
  /// All the text of the request, turn by turn, for scripts that look for words in it.
  public var promptText: String { input.scriptedText }
}

extension ModelInput {
  /// All the text of the input, one turn a line.
  public var scriptedText: String {
    switch self {
    case .text(let text): text
    case .chat(let messages): messages.map(\.content).joined(separator: "\n")
    }
  }
}
