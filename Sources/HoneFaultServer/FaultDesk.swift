// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Synchronization

/// Decides what each request gets and keeps the record; shared by all connections.
final class FaultDesk: Sendable {
  private struct Record {
    var requests: [ReceivedRequest] = []
    var times: [Data: Int] = [:]
  }

  private let script: FaultScript
  private let writer: FaultServer.Writer
  private let record = Mutex(Record())

  init(script: FaultScript, writer: @escaping FaultServer.Writer) {
    self.script = script
    self.writer = writer
  }

  var requests: [ReceivedRequest] { record.withLock { $0.requests } }

  func answer(path: String, authorization: String?, body: Data) -> ServerAnswer {
    let fault = record.withLock { record in
      let time = record.times[body, default: 0] + 1
      record.times[body] = time
      let fault = script.fault(of: body, time: time)
      record.requests.append(
        ReceivedRequest(path: path, authorization: authorization, body: body, fault: fault))
      return fault
    }
    do {
      guard let right = try right(path, body) else {
        return .whole(400, Data(#"{"error":{"message":"no input"}}"#.utf8))
      }
      return fault.map { .faulty($0, insteadOf: right) } ?? .whole(200, right)
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
