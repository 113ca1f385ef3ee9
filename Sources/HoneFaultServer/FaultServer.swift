// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import NIOCore
import NIOHTTP1
import NIOPosix

/// A server on this machine that speaks chat completions and fails by a script.
///
/// ```swift
/// let server = try await FaultServer(FaultScript(share: 0.3)) { request in "yes" }
/// let model = try await opener.open(server.address + "#any")
/// await server.stop()
/// ```
///
/// Right answers are written by a closure over the request. It listens on the loopback address, at a
/// port of the system's choice.
public final class FaultServer: Sendable {
  /// Writes the text that answers a request.
  public typealias Writer = @Sendable (GenerationRequest) throws -> String

  /// The address to put before `#MODEL`, such as `http://127.0.0.1:40001/v1`.
  public let address: String
  private let channel: any Channel
  private let desk: FaultDesk

  /// Starts a server.
  public init(_ script: FaultScript = .none, writer: @escaping Writer) async throws {
    let desk = FaultDesk(script: script, writer: writer)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            ByteToMessageHandler(HTTPRequestDecoder()))
          try channel.pipeline.syncOperations.addHandler(ServerConnection(desk))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    self.desk = desk
    self.channel = channel
    address = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/v1"
  }

  /// All requests so far, in the order they came.
  public var requests: [ReceivedRequest] { desk.requests }

  /// Stops listening; open connections end with their clients.
  public func stop() async {
    try? await channel.close().get()
  }
}
