// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The key of servers that are named by their address: `HONE_SERVER_KEY`.
///
/// A task file names the address, so the key goes to this machine alone, and to the hosts that
/// `HONE_SERVER_HOSTS` lists: a task file from someone else cannot send it elsewhere.
enum ServerKey {
  /// The key for an address, or nil when none is set or the host is not one it may go to.
  static func key(
    for address: String, in environment: [String: String]
  ) async throws -> SecretKey? {
    guard let host = URL(string: address)?.host()?.lowercased() else { return nil }
    let hosts = (environment["HONE_SERVER_HOSTS"] ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces).lowercased()
    }
    guard LocalHost.contains(host) || hosts.contains(host) else { return nil }
    return try await KeySource(variables: ["HONE_SERVER_KEY"])
      .key(in: environment, run: KeyCommand.run)
  }
}
