// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import HoneCore
import NIOCore
import NIOHTTP1

/// Sends requests with a client that keeps connections open.
///
/// Certificates are checked, redirects are not followed, so that a key goes nowhere else, and a body
/// of more than `bodyLimit` bytes is given up.
final class NetworkTransport: Transport {
  private let client: HTTPClient
  private let options: TransportOptions

  /// Opens a client; a proxy is used as `proxy` says.
  init(_ options: TransportOptions, proxy: ProxyAddress? = nil) {
    self.options = options
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = HTTPClient.Configuration.Timeout(
      connect: .milliseconds(Int64(options.connectSeconds * 1000)),
      read: .milliseconds(Int64(options.silenceSeconds * 1000)))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = options.connections
    // Failures to connect are tried again by the retries, with all others.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.proxy = proxy.map { .server(host: $0.host, port: $0.port) }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  deinit {
    // The client holds itself until its connections are closed.
    client.shutdown { _ in }
  }

  func send(_ call: HTTPCall) async throws -> HTTPReply {
    var request = HTTPClientRequest(url: call.url)
    request.method = call.body == nil ? .GET : .POST
    for (name, value) in call.headers { request.headers.add(name: name, value: value) }
    if let body = call.body { request.body = .bytes(ByteBuffer(bytes: body)) }
    do {
      let response = try await client.execute(
        request, timeout: .milliseconds(Int64(options.totalSeconds * 1000)))
      let body = try await response.body.collect(upTo: options.bodyLimit)
      let headers = Dictionary(
        response.headers.map { ($0.name.lowercased(), $0.value) },
        uniquingKeysWith: { first, _ in first })
      return HTTPReply(
        status: Int(response.status.code), headers: headers, body: Data(body.readableBytesView))
    } catch {
      throw failure(of: error)
    }
  }

  private func failure(of error: any Error) -> any Error {
    if error is CancellationError || Task.isCancelled { return CancellationError() }
    if error is NIOTooManyBytesError { return TransportFailure.tooLarge(limit: options.bodyLimit) }
    guard let error = error as? HTTPClientError else {
      return TransportFailure.connection("\(error)")
    }
    switch error {
    case .cancelled: return CancellationError()
    case .readTimeout, .connectTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout,
      .writeTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
      return TransportFailure.timeout
    case .invalidURL, .emptyHost, .emptyScheme:
      return TransportFailure.badAddress("\(error)")
    default: return TransportFailure.connection("\(error)")
    }
  }
}
