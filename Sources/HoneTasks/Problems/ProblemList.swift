// SPDX-License-Identifier: Apache-2.0

/// Collects the problems of one file, at most so many of them.
struct ProblemList: Sendable {
  let file: String
  let limit: Int
  private(set) var problems: [TaskProblem] = []
  private(set) var omitted = 0

  init(file: String, limit: Int = 100) {
    self.file = file
    self.limit = limit
  }

  var isEmpty: Bool { problems.isEmpty }

  /// Adds a problem at a place in the task file.
  mutating func add(
    at position: DocumentNode.Position, _ keyPath: String, _ message: String,
    advice: String? = nil
  ) {
    add(
      TaskProblem(
        file: file, line: position.line, column: position.column, keyPath: keyPath,
        message: message, advice: advice))
  }

  /// Adds a problem of a row.
  mutating func add(line: Int, column: Int? = nil, _ message: String, advice: String? = nil) {
    add(TaskProblem(file: file, line: line, column: column, message: message, advice: advice))
  }

  /// Adds a problem, or counts it when there are too many.
  mutating func add(_ problem: TaskProblem) {
    if problems.count < limit {
      problems.append(problem)
    } else {
      omitted += 1
    }
  }

  /// The problems of several files as one error, or nil when there are none.
  static func error(_ lists: [ProblemList]) -> TaskFileProblems? {
    let problems = lists.flatMap { list in
      list.problems.enumerated().sorted {
        ($0.element.line, $0.element.column ?? 0, $0.offset)
          < ($1.element.line, $1.element.column ?? 0, $1.offset)
      }.map(\.element)
    }
    guard !problems.isEmpty else { return nil }
    return TaskFileProblems(
      problems: problems, omitted: lists.reduce(0) { $0 + $1.omitted })
  }
}
