// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a server does with a request: bytes to send, and what becomes of the connection.
struct ServerAnswer: Sendable, Hashable {
  /// What becomes of the connection after the bytes.
  enum End: Sendable, Hashable {
    case keep
    case close
    /// Open, without another byte.
    case silence
  }

  var bytes: Data
  var end = End.keep

  /// A whole response.
  static func whole(
    _ status: Int, _ body: Data, type: String = "application/json", headers: [String] = []
  ) -> ServerAnswer {
    ServerAnswer(bytes: head(status, length: body.count, type: type, headers: headers) + body)
  }

  /// The response of a fault, where the right one would have the given body; `wait` in seconds.
  static func faulty(_ fault: Fault, insteadOf right: Data, wait: Double) -> ServerAnswer {
    func error(_ words: String) -> Data { Data(#"{"error":{"message":"\#(words)"}}"#.utf8) }
    let half = right.prefix(right.count / 2)
    switch fault {
    case .rateLimitWithWait:
      return whole(429, error("slow down"), headers: [retryAfter(wait)])
    case .rateLimit: return whole(429, error("slow down"))
    case .serverError: return whole(500, error("it broke"))
    case .overloaded: return whole(529, Data("overloaded".utf8), type: "text/plain")
    case .closedConnection: return ServerAnswer(bytes: Data(), end: .close)
    case .cutBody:
      return ServerAnswer(bytes: head(200, length: right.count) + half, end: .close)
    case .truncatedJSON: return whole(200, Data(half))
    case .wrongContentType:
      return whole(200, Data("<html><body>Please log in</body></html>".utf8), type: "text/html")
    case .invalidUTF8:
      let text = Data(#"{"choices":[{"message":{"content":""#.utf8)
      return whole(200, text + Data([0xC3, 0x28, 0xFF]) + Data(#""}}]}"#.utf8))
    case .missingField: return whole(200, Data(#"{"choices":[{"index":0}]}"#.utf8))
    case .noChoice: return whole(200, Data(#"{"choices":[],"usage":{}}"#.utf8))
    case .silentHead: return ServerAnswer(bytes: Data(), end: .silence)
    case .silentBody:
      return ServerAnswer(bytes: head(200, length: right.count) + half, end: .silence)
    }
  }

  /// Whole seconds as most services write them, parts of one as some do.
  private static func retryAfter(_ seconds: Double) -> String {
    seconds == seconds.rounded()
      ? "retry-after: \(Int(seconds))" : "retry-after-ms: \(Int((seconds * 1000).rounded()))"
  }

  private static func head(
    _ status: Int, length: Int, type: String = "application/json", headers: [String] = []
  ) -> Data {
    let lines =
      ["HTTP/1.1 \(status) Word", "content-type: \(type)", "content-length: \(length)"] + headers
    return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}
