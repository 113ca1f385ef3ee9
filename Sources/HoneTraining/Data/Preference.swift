// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Two texts that follow one prompt, of which one is preferred.
public struct Preference: Sendable, Hashable, Codable {
  /// What both follow.
  public var prompt: String
  /// The preferred text.
  public var chosen: String
  /// The other one.
  public var rejected: String

  /// Creates a preference.
  public init(prompt: String, chosen: String, rejected: String) {
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
  }
}

/// Preferences in a file of one JSON object a line, `{"prompt": …, "chosen": …, "rejected": …}`.
public enum PreferenceFile {
  /// Reads all preferences; empty lines are passed over.
  /// - Throws: ``TrainingError`` of kind `badData` with every line that is none, or `disk`.
  public static func preferences(in file: URL) throws(TrainingError) -> [Preference] {
    let rows = try TextLines.rows(
      in: file, fields: ["prompt", "chosen", "rejected"], kind: "preferences")
    return rows.map { row in
      Preference(
        prompt: row["prompt"] ?? "", chosen: row["chosen"] ?? "", rejected: row["rejected"] ?? "")
    }
  }
  /// Writes preferences, one a line: the file is there whole or not at all.
  public static func write(_ preferences: [Preference], to file: URL) throws {
    try TextLines.write(preferences, to: file)
  }
}
