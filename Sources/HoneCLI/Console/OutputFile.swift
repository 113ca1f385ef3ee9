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
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    console.error("Wrote \(path).")
  }
}
