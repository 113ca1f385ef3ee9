// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Paths as they are written from a folder.
enum RelativePath {
  /// The path from the working folder where the file lies below it, else the whole path.
  static func fromHere(_ file: URL) -> String {
    let here = URL(filePath: FileManager.default.currentDirectoryPath).standardizedFileURL.path
    let path = file.standardizedFileURL.path
    return path.hasPrefix(here + "/") ? String(path.dropFirst(here.count + 1)) : path
  }

  /// The way from a folder to a file, such as `../data/rows.jsonl`.
  static func of(_ file: URL, from folder: URL) -> String {
    let target = file.standardizedFileURL.pathComponents
    let start = folder.standardizedFileURL.pathComponents
    let shared = zip(target, start).prefix { $0.0 == $0.1 }.count
    let up = Array(repeating: "..", count: start.count - shared)
    return (up + target.dropFirst(shared)).joined(separator: "/")
  }
}
