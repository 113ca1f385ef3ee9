// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The processor cores that this process may use.
///
/// Where it is held to some of the machine's cores (`taskset`, a container) a thread for each of all
/// cores would have threads wait for one another: with two threads on one core more than half of the
/// time went that way.
package enum AvailableCores {
  /// How many there are, 1 or more.
  package static var count: Int {
    let active = ProcessInfo.processInfo.activeProcessorCount
    // Files of Linux; elsewhere there are none.
    let allowed = text(of: "/proc/self/status").flatMap(cores(ofStatus:))
    let granted = text(of: "/sys/fs/cgroup/cpu.max").flatMap(cores(ofLimit:))
    return max(1, min(active, allowed ?? active, granted ?? active))
  }

  private static func text(of file: String) -> String? {
    try? String(contentsOfFile: file, encoding: .utf8)
  }

  /// The cores that the scheduler may put a process on, by its status.
  ///
  /// The line `Cpus_allowed` has a mask in hexadecimal digits with commas in between.
  static func cores(ofStatus text: String) -> Int? {
    let lines = text.split(separator: "\n")
    guard let mask = lines.first(where: { $0.hasPrefix("Cpus_allowed:") }) else { return nil }
    let count = mask.dropFirst("Cpus_allowed:".count).reduce(0) {
      $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0)
    }
    return count > 0 ? count : nil
  }

  /// The cores' worth of time, rounded up, that a container's limit grants.
  ///
  /// `150000 100000` are microseconds of processor time in each so many; `max` is no limit.
  static func cores(ofLimit text: String) -> Int? {
    let parts = text.split { $0.isWhitespace }
    guard parts.count == 2, let quota = Double(parts[0]), let period = Double(parts[1]), quota > 0,
      period > 0
    else { return nil }
    return Int(exactly: (quota / period).rounded(.up))
  }
}
