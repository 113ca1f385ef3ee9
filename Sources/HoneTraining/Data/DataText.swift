// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The text of a data file.
enum DataText {
  /// Reads it.
  /// - Throws: ``TrainingError`` of kind `badData` when there is no such file, or it is no text.
  static func read(_ file: URL) throws(TrainingError) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
      throw TrainingError(.badData, "There is no file \(file.path).")
    }
    guard !isFolder.boolValue else {
      throw TrainingError(.badData, "\(file.path) is a folder; required is a JSONL file.")
    }
    do {
      return try String(contentsOf: file, encoding: .utf8)
    } catch {
      throw TrainingError(.badData, "\(file.path) cannot be read as text in UTF-8.")
    }
  }
}
