// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Pairs of prompts in a file of one JSON object a line, `{"prompt": …, "rewrite": …}`.
public enum PairFile {
  private static let fields = ["prompt", "rewrite"]

  /// Reads all pairs; empty lines are passed over.
  /// - Throws: ``TrainingError`` of kind `badData` with every line that is no pair.
  public static func pairs(in file: URL) throws(TrainingError) -> [PromptPair] {
    try TextLines.rows(in: file, fields: fields, kind: "pairs").map(pair)
  }

  /// Reads all pairs of a text.
  public static func pairs(inText text: String, name: String) throws(TrainingError) -> [PromptPair]
  {
    try TextLines.rows(inText: text, name: name, fields: fields, kind: "pairs").map(pair)
  }

  /// Writes pairs, one a line: the file is there whole or not at all.
  public static func write(_ pairs: [PromptPair], to file: URL) throws {
    try TextLines.write(pairs, to: file)
  }

  private static func pair(_ row: [String: String]) -> PromptPair {
    PromptPair(prompt: row["prompt"] ?? "", rewrite: row["rewrite"] ?? "")
  }
}
