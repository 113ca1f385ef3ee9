// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Opens files with the program the system has for them.
enum SystemOpener {
  /// Opens a file and does not wait for the program.
  static func open(_ file: URL) throws {
    #if os(macOS)
      let program = "/usr/bin/open"
    #else
      let program = "/usr/bin/xdg-open"
    #endif
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw CommandFailure(
        .failed, "there is no \(program) here; open \(file.path) in a browser yourself")
    }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = [file.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }
}
