// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix

/// Listening on this machine.
enum Loopback {
  /// Listens at a port, 0 for one of the system's choice; each connection is told to `onOpen`.
  static func listen(
    at port: Int = 0, onOpen: @escaping @Sendable (any Channel) -> Void = { _ in },
    _ answer: @escaping @Sendable (ReceivedRequest) -> ServerAnswer
  ) async throws -> any Channel {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          onOpen(channel)
          try channel.pipeline.syncOperations.addHandler(
            ByteToMessageHandler(HTTPRequestDecoder()))
          try channel.pipeline.syncOperations.addHandler(ServerConnection(answer))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
  }

  /// The address of a channel that listens, such as `http://127.0.0.1:40001`.
  static func address(of channel: any Channel) -> String {
    "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
  }
}
