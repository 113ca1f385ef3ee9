// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An exclusive lock on a file, held until released or until the process ends, however it ends.
struct FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, looking again every tenth of a second while another holds it.
  ///
  /// Calls `onWait` once when the lock is not free.
  static func acquire(at file: URL, onWait: () -> Void) async throws -> FileLock {
    let descriptor = open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw ModelFileError(
        .disk, "The lock \(file.path) cannot be opened: \(String(cString: strerror(errno))).")
    }
    var told = false
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      guard reason == EWOULDBLOCK || reason == EINTR else {
        close(descriptor)
        throw ModelFileError(
          .disk, "The lock \(file.path) cannot be taken: \(String(cString: strerror(reason))).")
      }
      if !told {
        onWait()
        told = true
      }
      do {
        try await Task.sleep(for: .milliseconds(100))
      } catch {
        close(descriptor)
        throw error
      }
    }
    return FileLock(descriptor: descriptor)
  }

  /// Gives the lock back.
  func release() {
    close(descriptor)
  }
}
