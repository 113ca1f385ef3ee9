// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A request on the wire, but for the headers that hold a key.
struct WireCall: Sendable, Hashable {
  /// The path below the service's address, such as `/chat/completions`.
  var path: String
  /// The JSON body, the same bytes for equal requests; without bytes it is a GET.
  var body: Data
  /// Whether the path is not below the address's `/v1` but beside it.
  var isBesideVersion = false

  /// The whole address below that of a service.
  func url(at address: String) -> String {
    guard isBesideVersion, address.hasSuffix("/v1") else { return address + path }
    return address.dropLast("/v1".count) + path
  }
}

/// A whole request for a transport.
struct HTTPCall: Sendable {
  var url: String
  var headers: [(name: String, value: String)]
  var body: Data?

  /// A POST when there is a body, else a GET.
  var method: String { body == nil ? "GET" : "POST" }
}

/// A whole response, its header names in lower case.
struct HTTPReply: Sendable, Hashable {
  var status: Int
  var headers: [String: String] = [:]
  var body = Data()
}
