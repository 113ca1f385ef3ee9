// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import NIOCore

/// A server on this machine that speaks chat completions and fails by a script.
///
/// ```swift
/// let server = try await FaultServer(FaultScript(share: 0.3)) { request in "yes" }
/// let model = try await opener.open(server.address + "#any")
/// await server.stop()
/// ```
///
/// Right answers are written by a closure over the request. It listens on the loopback address, at a
/// port of the system's choice or at one that another has left.
public final class FaultServer: Sendable {
  /// Writes the text that answers a request.
  public typealias Writer = @Sendable (GenerationRequest) throws -> String

  /// The address to put before `#MODEL`, such as `http://127.0.0.1:40001/v1`.
  public let address: String
  /// The port it listens at.
  public let port: Int
  private let channel: any Channel
  private let desk: FaultDesk
  private let connections: OpenConnections

  /// Starts a server.
  public init(
    _ script: FaultScript = .none, port: Int = 0, writer: @escaping Writer
  ) async throws {
    let connections = OpenConnections()
    let desk = FaultDesk(script: script, writer: writer)
    channel = try await Loopback.listen(at: port, onOpen: { connections.add($0) }) {
      desk.answer($0)
    }
    self.desk = desk
    self.connections = connections
    self.port = channel.localAddress?.port ?? 0
    address = Loopback.address(of: channel) + "/v1"
  }

  /// All requests so far, in the order they came.
  public var requests: [ReceivedRequest] { desk.requests }

  /// The number of all requests so far.
  public var requestCount: Int { desk.count }

  /// Stops listening; connections that are open are closed at their next request.
  public func stop() async {
    desk.close()
    try? await channel.close().get()
  }

  /// Stops listening and cuts all connections, as a machine that goes down does.
  public func die() async {
    await stop()
    connections.cut()
  }
}
