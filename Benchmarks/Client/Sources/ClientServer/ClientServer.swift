// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOPosix

/// A server that answers every request with the same response after a while, as cheaply as it can.
///
/// Usage: `ClientServer MILLISECONDS`. It prints its port and ends with its standard input.
@main
enum ClientServer {
  static func main() async throws {
    let delay = CommandLine.arguments.dropFirst().first.flatMap { Int64($0) } ?? 50
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(DelayedReply(.milliseconds(delay)))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    print(channel.localAddress?.port ?? 0)
    fflush(nil)
    while readLine() != nil {}
  }
}
