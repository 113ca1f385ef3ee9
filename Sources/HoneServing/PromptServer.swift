// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix

/// A server of prompters that speaks OpenAI's chat completions.
///
/// It answers `POST /v1/chat/completions` with the rewrite of the user's last message, and
/// `GET /v1/models` and `GET /health`. Requests of several connections go to the service at the same
/// time, which may answer them as one batch.
public final class PromptServer: Sendable {
  typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

  private let listener: NIOAsyncChannel<Connection, Never>
  private let routes: PromptRoutes
  let bodyLimit: Int

  /// Listens.
  /// - Parameters:
  ///   - service: What is served.
  ///   - host: The address or name to listen at.
  ///   - port: The port, 0 for one of the system's choice.
  ///   - mostBytes: The largest body of a request.
  /// - Throws: ``ServedError`` when it cannot listen there.
  public init(
    _ service: any PromptService, host: String = "127.0.0.1", port: Int = 0,
    mostBytes: Int = 1 << 20
  ) async throws(ServedError) {
    routes = PromptRoutes(service: service)
    bodyLimit = mostBytes
    do {
      listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.backlog, value: 256)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .bind(host: host, port: port) { channel in
          channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
            try pipeline.addHandler(IdleStateHandler(allTimeout: .minutes(10)))
            try pipeline.addHandler(IdleConnection())
            return try Connection(wrappingChannelSynchronously: channel)
          }
        }
    } catch {
      throw ServedError(
        503,
        "It is not possible to listen at \(host), port \(port) (\(error)); choose another"
          + " --port or --host.")
    }
  }

  /// The port it listens at.
  public var port: Int { listener.channel.localAddress?.port ?? 0 }

  /// Serves until ``stop()`` is called or the task is cancelled; both end what is being answered.
  public func run() async throws {
    try await withTaskCancellationHandler {
      try await listener.executeThenClose { connections in
        try await withThrowingDiscardingTaskGroup { group in
          for try await connection in connections {
            group.addTask { await self.serve(connection) }
          }
          group.cancelAll()
        }
      }
    } onCancel: {
      stop()
    }
  }

  /// Stops listening, upon which ``run()`` ends.
  public func stop() {
    listener.channel.close(promise: nil)
  }

  private func serve(_ connection: Connection) async {
    // What goes wrong on one connection, such as a client that leaves, ends that connection alone.
    try? await connection.executeThenClose { inbound, outbound in
      var parts = inbound.makeAsyncIterator()
      while let part = try await parts.next() {
        guard case .head(let head) = part else { continue }
        guard let body = try await body(from: &parts) else {
          let reply = PromptRoutes.reply(
            to: ServedError(413, "The body is larger than \(bodyLimit) bytes."))
          try await send(reply, to: head, keepsOpen: false, over: outbound)
          return
        }
        let reply = await routes.reply(method: head.method.rawValue, path: head.uri, body: body)
        try Task.checkCancellation()
        try await send(reply, to: head, keepsOpen: head.isKeepAlive, over: outbound)
        if !head.isKeepAlive { return }
      }
    }
  }
}
