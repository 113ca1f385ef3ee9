// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOHTTP1

extension PromptServer {
  typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator

  /// The body of a request, or nil when it is larger than is taken.
  func body(from parts: inout Parts) async throws -> Data? {
    var body = Data()
    while let part = try await parts.next() {
      switch part {
      case .head: continue
      case .body(let bytes):
        guard body.count + bytes.readableBytes <= bodyLimit else { return nil }
        body.append(contentsOf: bytes.readableBytesView)
      case .end: return body
      }
    }
    return body
  }

  /// Sends a response whole.
  func send(
    _ reply: PromptRoutes.Reply, to head: HTTPRequestHead, keepsOpen: Bool,
    over outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
  ) async throws {
    var headers = HTTPHeaders([
      ("content-type", "application/json; charset=utf-8"),
      ("content-length", "\(reply.body.count)"),
    ])
    if let allowed = reply.allowed { headers.add(name: "allow", value: allowed) }
    if !keepsOpen { headers.add(name: "connection", value: "close") }
    var parts: [HTTPServerResponsePart] = [
      .head(
        HTTPResponseHead(
          version: head.version, status: HTTPResponseStatus(statusCode: reply.status),
          headers: headers))
    ]
    if head.method != .HEAD { parts.append(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))) }
    parts.append(.end(nil))
    try await outbound.write(contentsOf: parts)
  }
}

/// Closes a connection on which nothing has come or gone for long.
final class IdleConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }
}
