// SPDX-License-Identifier: Apache-2.0

/// Why a saved program cannot be used.
public struct SavedProgramProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence a problem.
  public var problems: [String]

  /// Creates the error.
  public init(_ problems: [String]) {
    self.problems = problems
  }

  /// The problems, one a line.
  public var description: String { problems.joined(separator: "\n") }
}
