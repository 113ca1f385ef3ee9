// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Reads task files; the format is described in `Documentation/task-file.md`.
public enum TaskFile {
  /// The most bytes of a task file.
  public static let maximumLength = 1 << 20

  /// Reads a task file and the data it names.
  ///
  /// The test rows are sealed as soon as they are divided from the others; `onOpenTest` is called
  /// each time their answers are read afterwards. Optimizers and their settings are checked
  /// against `optimizers`; with an empty list any name is taken.
  /// - Throws: every mistake in the file and its data at once, each with file and line.
  public static func load(
    _ url: URL, optimizers: [OptimizerDescription],
    onOpenTest: @escaping @Sendable () -> Void = {}
  ) throws(TaskFileProblems) -> LoadedTask {
    var problems = ProblemList(file: url.relativePath)
    guard let root = root(of: url, into: &problems) else {
      throw ProblemList.error([problems]) ?? TaskFileProblems(problems: [])
    }
    var reading = TaskReading(root: root, optimizers: optimizers, problems: problems)
    reading.folder = url.deletingLastPathComponent()
    let task = reading.task()
    var data = DataReading(task: reading, file: url)
    let splits = data.splits(onOpenTest: onOpenTest)
    if let error = ProblemList.error([data.task.problems] + data.fileProblems) { throw error }
    guard let task, let splits else {
      // Nothing was reported, yet something is missing: say so instead of going on.
      throw TaskFileProblems(problems: [
        TaskProblem(file: url.relativePath, line: 1, message: "the task could not be put together")
      ])
    }
    return LoadedTask(
      task: task, splits: splits, warnings: reading.warnings + data.warnings)
  }

  /// The document of a file, or nil after reporting why there is none.
  private static func root(of url: URL, into problems: inout ProblemList) -> DocumentNode? {
    do {
      return root(
        of: try FileBytes.read(url), isJSON: url.pathExtension.lowercased() == "json",
        into: &problems)
    } catch {
      problems.add(line: 1, error.message, advice: "write one with hone init")
      return nil
    }
  }

  /// The document in some bytes, or nil after reporting why there is none.
  static func root(
    of bytes: [UInt8], isJSON: Bool, into problems: inout ProblemList
  ) -> DocumentNode? {
    guard bytes.count <= maximumLength else {
      problems.add(
        line: 1, "the file has \(bytes.count) bytes; a task file may have at most 1 MB",
        advice: "put rows into a data file")
      return nil
    }
    checkText(bytes, into: &problems)
    guard problems.isEmpty else { return nil }
    var text = String(decoding: bytes, as: UTF8.self)
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let root =
      isJSON
      ? JSONDocument.read(text, into: &problems) : YAMLDocument.read(text, into: &problems)
    if root == nil, problems.isEmpty {
      problems.add(line: 1, "the file is empty", advice: "write one with hone init")
    }
    return root
  }

  /// Reports the first NUL byte and the first line that is not UTF-8.
  private static func checkText(_ bytes: [UInt8], into problems: inout ProblemList) {
    if let place = bytes.firstIndex(of: 0) {
      let line = bytes[..<place].count { $0 == 0x0A } + 1
      problems.add(line: line, "a NUL byte stands in the text", advice: "save it as UTF-8")
    } else if String(validating: bytes, as: UTF8.self) == nil {
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      let line = (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
      problems.add(line: line, "the text is not valid UTF-8", advice: "save it as UTF-8")
    }
  }
}
