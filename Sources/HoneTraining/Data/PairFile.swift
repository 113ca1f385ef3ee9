// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Pairs of prompts in a file of one JSON object a line, `{"prompt": …, "rewrite": …}`.
public enum PairFile {
  private static let shownProblems = 20

  /// Reads all pairs; empty lines are passed over.
  /// - Throws: ``TrainingError`` of kind `badData` with every line that is no pair.
  public static func pairs(in file: URL) throws(TrainingError) -> [PromptPair] {
    try pairs(inText: DataText.read(file), name: file.lastPathComponent)
  }

  /// Reads all pairs of a text.
  public static func pairs(inText text: String, name: String) throws(TrainingError) -> [PromptPair]
  {
    var pairs: [PromptPair] = []
    var problems: [String] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard line.contains(where: { !$0.isWhitespace }) else { continue }
      switch pair(in: line) {
      case .success(let pair): pairs.append(pair)
      case .failure(let problem): problems.append("\(name):\(index + 1): \(problem.words)")
      }
    }
    guard problems.isEmpty else {
      let more =
        problems.count > shownProblems ? "\n… and \(problems.count - shownProblems) more" : ""
      throw TrainingError(
        .badData, problems.prefix(shownProblems).joined(separator: "\n") + more)
    }
    guard !pairs.isEmpty else {
      throw TrainingError(
        .badData,
        "\(name) holds no pairs. Write one JSON object a line, with the fields “prompt” and"
          + " “rewrite”.")
    }
    return pairs
  }

  /// Writes pairs, one a line: the file is there whole or not at all.
  public static func write(_ pairs: [PromptPair], to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var data = Data()
    for pair in pairs {
      data.append(try encoder.encode(pair))
      data.append(0x0A)
    }
    do {
      try data.write(to: file, options: .atomic)
    } catch {
      throw TrainingError(
        .disk,
        "\(file.path) could not be written. See that its folder is there and has room, and that you"
          + " may write to it.")
    }
  }

  private struct Problem: Error {
    let words: String
  }

  private static func pair(in line: Substring) -> Result<PromptPair, Problem> {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)),
      let fields = object as? [String: Any]
    else {
      return .failure(Problem(words: "this line is no JSON object."))
    }
    for name in ["prompt", "rewrite"] {
      guard let text = fields[name] as? String else {
        let found = fields.keys.sorted().joined(separator: ", ")
        return .failure(
          Problem(words: "the text “\(name)” is missing; the fields are: \(found)."))
      }
      guard text.contains(where: { !$0.isWhitespace }) else {
        return .failure(Problem(words: "“\(name)” is empty."))
      }
    }
    return .success(
      PromptPair(
        prompt: fields["prompt"] as? String ?? "", rewrite: fields["rewrite"] as? String ?? ""))
  }
}
