// SPDX-License-Identifier: Apache-2.0

/// The formats of data files.
public enum DataFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// A JSON object on each line.
  case jsonl
  /// A JSON list of objects.
  case json
  /// Comma-separated values with a header line, RFC 4180.
  case csv
  /// Tab-separated values with a header line, quotes being ordinary characters.
  case tsv

  /// The format that a file's ending stands for, or nil for an unknown ending.
  public init?(pathExtension: String) {
    switch pathExtension.lowercased() {
    case "jsonl", "ndjson": self = .jsonl
    case "json": self = .json
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    default: return nil
    }
  }
}
