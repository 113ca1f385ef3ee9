// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import Synchronization

/// A server on this machine whose responses are a closure: a status, headers and a body for each
/// request, for what no fault of a model's server is.
public final class ScriptedServer: Sendable {
  /// A whole response.
  public struct Response: Sendable, Hashable {
    /// The status.
    public var status: Int
    /// Lines of the head, such as `location: http://127.0.0.1:1/`.
    public var headers: [String]
    /// The body.
    public var body: Data

    /// Creates a response.
    public init(status: Int = 200, headers: [String] = [], body: Data = Data()) {
      self.status = status
      self.headers = headers
      self.body = body
    }
  }

  /// The address without a path, such as `http://127.0.0.1:40001`.
  public let address: String
  private let channel: any Channel
  private let log: Log

  /// Starts a server.
  public init(_ response: @escaping @Sendable (ReceivedRequest) -> Response) async throws {
    let log = Log()
    channel = try await Loopback.listen { request in
      log.add(request)
      let response = response(request)
      return .whole(response.status, response.body, headers: response.headers)
    }
    self.log = log
    address = Loopback.address(of: channel)
  }

  /// All requests so far, in the order they came.
  public var requests: [ReceivedRequest] { log.requests }

  /// Stops listening; open connections end with their clients.
  public func stop() async {
    try? await channel.close().get()
  }

  /// The requests, kept by all connections.
  private final class Log: Sendable {
    private let kept = Mutex<[ReceivedRequest]>([])

    var requests: [ReceivedRequest] { kept.withLock { $0 } }

    func add(_ request: ReceivedRequest) {
      kept.withLock { $0.append(request) }
    }
  }
}
