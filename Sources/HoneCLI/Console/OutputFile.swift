// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A file to write a result to, or standard output for `-`.
struct OutputFile: Sendable {
  private let path: String

  init(_ path: String) {
    self.path = path
  }

  func write(_ text: String, _ console: Console) throws {
    guard path != "-" else {
      console.out(text)
      return
    }
    let file = URL(filePath: path)
    try Self.requireFolder(of: file)
    try Data(text.utf8).write(to: file, options: .atomic)
    console.error("Wrote \(path).")
  }

  /// Refuses a file in a folder that is not there.
  static func requireFolder(of file: URL) throws(CommandFailure) {
    let folder = file.deletingLastPathComponent()
    guard !FileManager.default.fileExists(atPath: folder.path) else { return }
    throw .mistake("there is no folder \(folder.path); make it first or choose another file")
  }
}
