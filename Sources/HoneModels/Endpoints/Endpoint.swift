// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// One address of a service, with the key that may go there.
struct EndpointPlace: Sendable {
  /// The name for people, such as `openai` or the host and port.
  let name: String
  let address: String
  let key: SecretKey?
}

/// A place with the connections to it.
struct Endpoint: Sendable {
  let place: EndpointPlace
  let transport: any Transport

  var name: String { place.name }

  /// Sends a request once.
  func send(_ call: WireCall, dialect: any Dialect) async throws -> HTTPReply {
    var headers = [("content-type", "application/json"), ("accept", "application/json")]
    headers += dialect.headers(key: place.key)
    return try await transport.send(
      HTTPCall(
        url: call.url(at: place.address),
        headers: headers.map { (name: $0.0, value: $0.1) },
        body: call.body.isEmpty ? nil : call.body))
  }
}
