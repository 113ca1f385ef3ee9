// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a scoring program writes: one JSON object a line, in the order of its input.
///
/// A line is `{"score": 0.5}`, with `"feedback"` (a text) if it has something to say, or
/// `{"error": "why"}` for a response that it could not score, which is then not counted. A line may
/// repeat the `id` of its response, which is then checked. Other members are passed over, as are empty
/// lines.
public enum CommandOutput {
  /// The outcome of each response.
  /// - Throws: ``CommandOutputError`` for the first line that is not of this form, or for too few or
  ///   too many lines.
  public static func outcomes(
    from data: Data, ids: [String]
  ) throws(CommandOutputError) -> [Outcome] {
    var outcomes: [Outcome] = []
    // Only line feeds end a line: JSON texts may hold Unicode's other line ends.
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() {
      let line = String(decoding: bytes, as: UTF8.self).trimmed
      if line.isEmpty { continue }
      guard outcomes.count < ids.count else {
        throw CommandOutputError(
          line: index + 1, reason: "is one line too many; there were \(ids.count) responses")
      }
      outcomes.append(
        try outcome(line, number: index + 1, id: ids[outcomes.count]))
    }
    guard outcomes.count == ids.count else {
      throw CommandOutputError(
        line: nil,
        reason: "the program wrote \(outcomes.count) of \(ids.count) scores; "
          + "write one line for each line read")
    }
    return outcomes
  }

  private static func outcome(
    _ line: String, number: Int, id: String
  ) throws(CommandOutputError) -> Outcome {
    let shown = "\"\(line.prefix(80))\""
    guard let value = JSONDocument.parse(line), case .object(let members) = value else {
      throw CommandOutputError(
        line: number, reason: "is no JSON object but \(shown); write for example {\"score\": 1}")
    }
    if let given = members["id"], given != .string(id) {
      throw CommandOutputError(
        line: number,
        reason: "has the id \(JSONDocument.plainText(given)) where \(id) was expected; "
          + "write the lines in the order read")
    }
    if let text = members["error"]?.stringValue {
      return .failed(ModelError(.unavailable, "the metric's program could not score: \(text)"))
    }
    guard let score = members["score"]?.numberValue, score.isFinite else {
      throw CommandOutputError(
        line: number, reason: "has no number named \"score\" in \(shown)")
    }
    return .scored(Score(score, feedback: members["feedback"]?.stringValue))
  }
}

/// What is wrong with a scoring program's output.
public struct CommandOutputError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, counted from 1; nil when lines are missing.
  public var line: Int?
  /// What is wrong with it and what to write instead.
  public var reason: String

  /// Creates an error.
  public init(line: Int?, reason: String) {
    self.line = line
    self.reason = reason
  }

  /// The line and what is wrong with it.
  public var description: String {
    line.map { "line \($0) of the program's output \(reason)" } ?? reason
  }
}
