// SPDX-License-Identifier: Apache-2.0

/// One mistake in a task file or data file: where it is, what is wrong, and what to do.
public struct TaskProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file, as it was named.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in characters, from 1, where there is a sensible one.
  public var column: Int?
  /// The keys that lead to the place, such as `data.split.train`; empty outside of keys.
  public var keyPath: String
  /// What was required and what was received.
  public var message: String
  /// What to do next.
  public var advice: String?

  /// Creates a problem.
  public init(
    file: String, line: Int, column: Int? = nil, keyPath: String = "", message: String,
    advice: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.keyPath = keyPath
    self.message = message
    self.advice = advice
  }

  /// The problem as `file:line:column: key: message; advice`.
  public var description: String {
    var text = "\(file):\(line)"
    if let column { text += ":\(column)" }
    text += ": "
    if !keyPath.isEmpty { text += keyPath + ": " }
    text += message
    if let advice { text += "; " + advice }
    return text
  }
}
