// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The key of servers that are named by their address: `HONE_SERVER_KEY`.
///
/// A task file names the address, so the key goes to this machine alone, and to the hosts that
/// `HONE_SERVER_HOSTS` and `HONE_SERVERS` list: a task file from someone else cannot send it
/// elsewhere.
enum ServerKey {
  static let source = KeySource(variables: ["HONE_SERVER_KEY"])

  /// The key for an address, or nil when none is set or the host is not one it may go to.
  static func key(
    for address: String, in environment: [String: String]
  ) async throws -> SecretKey? {
    guard let host = URL(string: address)?.host()?.lowercased() else { return nil }
    let hosts = (environment["HONE_SERVER_HOSTS"] ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces).lowercased()
    }
    let servers = (try? Provider.servers.addresses(in: environment))?.addresses ?? []
    let isListed =
      hosts.contains(host) || servers.contains { URL(string: $0)?.host()?.lowercased() == host }
    guard LocalHost.contains(host) || isListed else { return nil }
    return try await source.key(in: environment, run: KeyCommand.run)
  }
}
