// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The right to work on a run, held by one process at a time.
///
/// An advisory lock of the system on `run.lock`: it ends with the process however that ends, so a
/// stale file never stands in the way. The file holds the number of the process for the message.
final class RunLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock.
  /// - Throws: ``StoreError/locked(folder:process:)`` when another process, or another run object of
  ///   this one, holds it.
  init(folder: URL) throws(StoreError) {
    let file = Self.file(in: folder)
    // Close-on-exec keeps a metric's program from inheriting the lock.
    let opened = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard opened >= 0 else {
      throw StoreError.failed(file: file.path, problem: Self.systemProblem())
    }
    guard Self.lock(opened) else {
      close(opened)
      throw StoreError.locked(folder: folder.path, process: Self.writtenProcess(in: folder))
    }
    descriptor = opened
    let text = Array("\(getpid())\n".utf8)
    ftruncate(opened, 0)
    _ = text.withUnsafeBytes { pwrite(opened, $0.baseAddress, $0.count, 0) }
  }

  deinit {
    close(descriptor)
  }

  /// The process that holds the lock now, or nil when none does.
  static func holder(of folder: URL) -> Int32? {
    let opened = open(file(in: folder).path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { return nil }
    defer { close(opened) }
    if flock(opened, LOCK_SH | LOCK_NB) == 0 { return nil }
    return writtenProcess(in: folder)
  }

  /// Tries for a moment, as somebody who looks at the run holds the lock for an instant.
  private static func lock(_ descriptor: Int32) -> Bool {
    for attempt in 0..<5 {
      if attempt > 0 { usleep(10_000) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    }
    return false
  }

  private static func file(in folder: URL) -> URL {
    folder.appending(path: "run.lock")
  }

  private static func writtenProcess(in folder: URL) -> Int32? {
    guard let text = try? String(contentsOf: file(in: folder), encoding: .utf8) else { return nil }
    return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func systemProblem() -> String {
    String(cString: strerror(errno))
  }
}
