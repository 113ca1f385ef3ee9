// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

/// Why a run's file or the cache cannot be used.
public enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Another process works on the run.
  case locked(folder: String, process: Int32?)
  /// The folder holds no run.
  case notARun(folder: String)
  /// The file is not a database, or parts of it are lost.
  case damaged(file: String, problem: String)
  /// The file was written by a newer version.
  case tooNew(file: String)
  /// The disk or the database refused.
  case failed(file: String, problem: String)

  /// What is wrong and what to do next.
  public var description: String {
    switch self {
    case .locked(let folder, let process):
      "another process\(process.map { " (pid \($0))" } ?? "") works on the run \(folder); "
        + "wait for it to end or stop it first"
    case .notARun(let folder):
      "the folder \(folder) holds no run (it has no run.sqlite); see hone runs list"
    case .damaged(let file, let problem):
      "the file \(file) is damaged: \(problem); restore it from a copy or start a new run"
    case .tooNew(let file):
      "the file \(file) was written by a newer version of Hone; update Hone to read it"
    case .failed(let file, let problem):
      "the file \(file) cannot be read or written: \(problem)"
    }
  }

  /// Puts an error of the database or the decoder in words.
  static func wrapping(_ error: any Error, file: URL) -> any Error {
    switch error {
    case is StoreError, is CancellationError: return error
    case let error as DatabaseError:
      let problem = error.message ?? "database error \(error.resultCode.rawValue)"
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_SCHEMA:
        return StoreError.damaged(file: file.path, problem: problem)
      case .SQLITE_ERROR where problem.hasPrefix("no such"):
        return StoreError.damaged(file: file.path, problem: problem)
      default: return StoreError.failed(file: file.path, problem: problem)
      }
    case let error as DamagedRow:
      return StoreError.damaged(file: file.path, problem: error.description)
    case is DecodingError, is RowDecodingError:
      return StoreError.damaged(file: file.path, problem: "an entry cannot be read: \(error)")
    default:
      return StoreError.failed(file: file.path, problem: "\(error)")
    }
  }
}
