// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Synchronization

/// Decides what each request gets and keeps the record; shared by all connections.
final class FaultDesk: Sendable {
  private struct Record {
    var requests: [ReceivedRequest] = []
    var times: [Data: Int] = [:]
    var isClosed = false
  }

  private let script: FaultScript
  private let writer: FaultServer.Writer
  private let record = Mutex(Record())

  init(script: FaultScript, writer: @escaping FaultServer.Writer) {
    self.script = script
    self.writer = writer
  }

  var requests: [ReceivedRequest] { record.withLock { $0.requests } }
  var count: Int { record.withLock { $0.requests.count } }

  /// From now on connections that are open are closed when a request comes.
  func close() {
    record.withLock { $0.isClosed = true }
  }

  func answer(_ received: ReceivedRequest) -> ServerAnswer {
    guard !record.withLock({ $0.isClosed }) else { return ServerAnswer(bytes: Data(), end: .close) }
    let body = received.body
    let fault = record.withLock { record in
      let time = record.times[body, default: 0] + 1
      record.times[body] = time
      let fault = script.fault(of: body, time: time)
      var received = received
      received.fault = fault
      record.requests.append(received)
      return fault
    }
    do {
      guard let right = try right(received.path, body) else {
        return .whole(400, Data(#"{"error":{"message":"no input"}}"#.utf8))
      }
      return fault.map { .faulty($0, insteadOf: right, wait: script.wait) } ?? .whole(200, right)
    } catch {
      return .whole(400, Data(#"{"error":{"message":"the request cannot be read"}}"#.utf8))
    }
  }

  private func right(_ path: String, _ body: Data) throws -> Data? {
    if path.hasSuffix("/embeddings") { return try EmbeddingResponse.body(to: body) }
    guard let request = try ChatRequest.read(body).request else { return nil }
    return try ChatResponse.body(try writer(request), to: request)
  }
}
