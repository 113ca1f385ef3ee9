// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Kills a process at a number of requests, from the server that counts them, so that it is in time
/// however busy the machine is.
final class Killer: Sendable {
  private struct Aim {
    var process: Int32?
    var left = 0
  }

  private let aim = Mutex(Aim())

  /// Aims at a process, which dies after so many more requests.
  func kill(_ process: Int32, after requests: Int) {
    aim.withLock { $0 = Aim(process: process, left: requests) }
  }

  /// Takes note of a request.
  func count() {
    aim.withLock { aim in
      aim.left -= 1
      guard aim.left <= 0, let process = aim.process else { return }
      signal(process)
      aim.process = nil
    }
  }

  private func signal(_ process: Int32) {
    #if canImport(Glibc)
      _ = Glibc.kill(process, SIGKILL)
    #else
      _ = Darwin.kill(process, SIGKILL)
    #endif
  }
}
