// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The rows of a data file.
public struct DataTable: Sendable {
  /// The most bytes of one row.
  public static let maximumRowLength = 1 << 20
  /// The most problems kept of one file; the others are counted.
  public static let maximumProblems = 20

  /// The rows in the order of the file.
  public var rows: [DataRow]

  /// The names of all fields, in the order of their first appearance.
  public var fields: [String] {
    var seen: Set<String> = []
    return rows.flatMap(\.cells).map(\.name).filter { seen.insert($0).inserted }
  }

  /// Reads a file whole.
  ///
  /// - Throws: every mistake found, each with its line, at most ``maximumProblems`` of them.
  public static func read(
    _ file: URL, format: DataFormat? = nil
  ) throws(TaskFileProblems) -> DataTable {
    let name = file.relativePath
    var problems = ProblemList(file: name, limit: maximumProblems)
    guard let format = format ?? DataFormat(pathExtension: file.pathExtension) else {
      throw TaskFileProblems(problems: [
        TaskProblem(
          file: name, line: 1, message: "the format is not known by the ending",
          advice: "name the file .jsonl, .json, .csv or .tsv")
      ])
    }
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(file)
    } catch {
      throw TaskFileProblems(problems: [TaskProblem(file: name, line: 1, message: error.message)])
    }
    let rows = rows(bytes, format: format, into: &problems)
    if let error = ProblemList.error([problems]) { throw error }
    return DataTable(rows: rows)
  }

  /// The rows that can be read; everything else is reported.
  static func rows(
    _ bytes: [UInt8], format: DataFormat, into problems: inout ProblemList
  ) -> [DataRow] {
    var start = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      problems.add(line: 1, "the file is UTF-16", advice: "save it as UTF-8")
      return []
    }
    let rows: [DataRow]
    switch format {
    case .jsonl: rows = JSONLinesReader.read(bytes, from: start, into: &problems)
    case .json: rows = JSONListReader.read(bytes, from: start, into: &problems)
    case .csv: rows = DelimitedReader.readCSV(bytes, from: start, into: &problems)
    case .tsv: rows = DelimitedReader.readTSV(bytes, from: start, into: &problems)
    }
    if rows.isEmpty, problems.isEmpty {
      problems.add(line: 1, "the file holds no rows")
    }
    return rows
  }
}
