// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Wall time and this process's processor time since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now
  private let used = Stopwatch.processor

  /// Seconds on the clock.
  var seconds: Double {
    let time = start.duration(to: .now)
    return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
  }

  /// Seconds of processor time over all threads.
  var cpuSeconds: Double { Self.processor - used }

  private static var processor: Double {
    let usage = usage
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }

  private static var usage: rusage {
    var usage = rusage()
    // RUSAGE_SELF, which is 0 on Linux and macOS but of different types.
    getrusage(0, &usage)
    return usage
  }
}
