// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Reads a file's bytes with errors in plain words.
enum FileBytes {
  struct Failure: Error {
    var message: String
  }

  /// All bytes of the file.
  static func read(_ file: URL) throws(Failure) -> [UInt8] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isDirectory) else {
      throw Failure(message: "there is no file \(file.relativePath)")
    }
    guard !isDirectory.boolValue else {
      throw Failure(message: "\(file.relativePath) is a folder, not a file")
    }
    do {
      return [UInt8](try Data(contentsOf: file))
    } catch {
      throw Failure(
        message: "\(file.relativePath) cannot be read: \(error.localizedDescription)")
    }
  }
}
