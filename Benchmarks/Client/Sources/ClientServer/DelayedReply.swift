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
    guard let length = received.withUnsafeReadableBytes(Self.requestLength),
      received.readableBytes >= length
    else { return false }
    received.moveReaderIndex(forwardBy: length)
    if received.readableBytes == 0 { received.clear() }
    return true
  }

  /// The bytes of the request that is in front, head and body; nil while its head is not whole.
  private static func requestLength(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var body = 0
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = bytes[start..<end]
      start = end + 1
      if line.count <= 1 { return start + body }
      if let length = contentLength(line) { body = length }
    }
    return nil
  }

  private static func contentLength(_ line: Slice<UnsafeRawBufferPointer>) -> Int? {
    let name = "content-length:".utf8
    guard line.count > name.count,
      zip(line, name).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 })
    else { return nil }
    let digits = line.dropFirst(name.count).filter { (0x30...0x39).contains($0) }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private func answer(_ channel: any Channel) {
    guard delay > .zero else { return channel.writeAndFlush(Self.reply, promise: nil) }
    channel.eventLoop.scheduleTask(in: delay) { channel.writeAndFlush(Self.reply, promise: nil) }
  }
}
