// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// The connections of a server, so that they can be cut.
final class OpenConnections: Sendable {
  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

  /// Keeps a connection for as long as it is open.
  func add(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    channels.withLock { $0[id] = channel }
    channel.closeFuture.whenComplete { _ in
      self.channels.withLock { _ = $0.removeValue(forKey: id) }
    }
  }

  /// Cuts all connections, whatever is under way on them.
  func cut() {
    for channel in channels.withLock({ Array($0.values) }) { channel.close(promise: nil) }
  }
}
