// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore

/// A connection whose requests come one after the other, each with a `content-length`.
final class DelayedReply: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// A response that suits plain readers of a label and DSPy's chat adapter alike.
  private static let reply: ByteBuffer = {
    let text = #"[[ ## label ## ]]\npositive\n\n[[ ## completed ## ]]"#
    let body =
      #"{"id":"1","object":"chat.completion","created":1,"model":"any","choices":[{"index":0,"#
      + #""finish_reason":"stop","message":{"role":"assistant","content":"\#(text)"}}],"#
      + #""usage":{"prompt_tokens":20,"completion_tokens":10,"total_tokens":30}}"#
    return ByteBuffer(
      string: "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
        + "content-length: \(body.utf8.count)\r\n\r\n" + body)
  }()

  private let delay: TimeAmount
  private var received = ByteBuffer()

  init(_ delay: TimeAmount) {
    self.delay = delay
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var part = unwrapInboundIn(data)
    received.writeBuffer(&part)
    while takeRequest() { answer(context.channel) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  /// Takes a whole request off what was received; false when there is none yet.
  private func takeRequest() -> Bool {
    let view = received.readableBytesView
    guard let end = view.firstRange(of: Array("\r\n\r\n".utf8)) else { return false }
    let head = String(decoding: view[..<end.lowerBound], as: UTF8.self).lowercased()
    var length = 0
    for line in head.split(separator: "\r\n") where line.hasPrefix("content-length:") {
      length = Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces)) ?? 0
    }
    let whole = end.upperBound - view.startIndex + length
    guard received.readableBytes >= whole else { return false }
    received.moveReaderIndex(forwardBy: whole)
    if received.readableBytes == 0 { received.clear() }
    return true
  }

  private func answer(_ channel: any Channel) {
    guard delay > .zero else { return channel.writeAndFlush(Self.reply, promise: nil) }
    channel.eventLoop.scheduleTask(in: delay) { channel.writeAndFlush(Self.reply, promise: nil) }
  }
}
