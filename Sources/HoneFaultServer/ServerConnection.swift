// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOHTTP1

/// One connection: reads whole requests and writes what it is told to, byte for byte.
final class ServerConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let answer: @Sendable (ReceivedRequest) -> ServerAnswer
  private var head: HTTPRequestHead?
  private var body = Data()

  init(_ answer: @escaping @Sendable (ReceivedRequest) -> ServerAnswer) {
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = Data()
    case .body(let part): body.append(contentsOf: part.readableBytesView)
    case .end:
      guard let head else { return }
      let request = ReceivedRequest(
        path: head.uri, authorization: head.headers.first(name: "authorization"), body: body)
      send(answer(request), context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func send(_ answer: ServerAnswer, _ context: ChannelHandlerContext) {
    if !answer.bytes.isEmpty {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.bytes)), promise: nil)
    }
    if answer.end == .close { context.close(promise: nil) }
  }
}
