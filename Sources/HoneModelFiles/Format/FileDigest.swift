// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// The SHA-256 of files.
enum FileDigest {
  /// Hashes a file piece by piece; stops when the task is cancelled.
  /// - Returns: 64 lower-case hexadecimal digits.
  static func sha256(of file: URL) throws -> String {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(file) }
    defer { close(descriptor) }
    // One buffer for all pieces: models are large, and Foundation's reads pile up on Macs.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    var hash = SHA256()
    while true {
      try Task.checkCancellation()
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(file) }
      if count == 0 { break }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return hash.finalize().map(hexadecimal).joined()
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }

  private static func unreadable(_ file: URL) -> ModelFileError {
    ModelFileError(
      .disk, "\(file.path) cannot be read: \(String(cString: strerror(errno))).")
  }
}
