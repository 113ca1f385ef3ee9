// SPDX-License-Identifier: Apache-2.0

/// Every mistake found in a task and its data.
public struct TaskFileProblems: Error, Sendable, Hashable, CustomStringConvertible {
  /// The mistakes, those of the task file first, each file's in the order of its lines.
  public var problems: [TaskProblem]
  /// How many more there are that were not kept.
  public var omitted: Int

  /// Creates the error.
  public init(problems: [TaskProblem], omitted: Int = 0) {
    self.problems = problems
    self.omitted = omitted
  }

  /// One line for each problem, and how many more there are.
  public var description: String {
    var lines = problems.map(\.description)
    if omitted > 0 { lines.append("and \(omitted) more") }
    return lines.joined(separator: "\n")
  }
}
