// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore

/// A call's result with what is charged for it.
struct Answered<Response: Codable & Sendable>: Sendable {
  var result: Result<Response, ModelError>
  var usage: Usage
  var cached: Bool

  /// Why there is no response, or nil when there is one.
  var error: ModelError? {
    if case .failure(let error) = result { error } else { nil }
  }

  /// How the call ended, when without a whole answer.
  func ending<Call: RecordedCall>(of kind: Call.Type) -> CallEnding?
  where Call.Response == Response {
    switch result {
    case .success(let response): Call.ending(of: response)
    case .failure: .failed
    }
  }

  /// Reads a result back from the journal or the cache.
  /// - Throws: `StoreError` when the entry is not a response of its kind.
  init(_ entry: JournalEntry, file: URL) throws {
    let data = Data(entry.response.utf8)
    do {
      if entry.failed {
        result = .failure(try JSONDecoder().decode(ModelError.self, from: data))
      } else {
        result = .success(try JSONDecoder().decode(Response.self, from: data))
      }
    } catch {
      throw StoreError.damaged(
        file: file.path,
        problem: "the recorded response of a \(entry.kind.rawValue) call cannot be read")
    }
    usage = entry.usage
    cached = entry.cached
  }

  private init(_ result: Result<Response, ModelError>, usage: Usage) {
    self.result = result
    self.usage = usage
    cached = false
  }

  /// Takes a fresh result together with its entry for the journal.
  ///
  /// A response that JSON cannot hold, such as a likelihood that is not a number, is a failure: it
  /// could not be replayed.
  static func recorded<Call: RecordedCall>(
    _ result: Result<Response, ModelError>, of kind: Call.Type, key: RequestKey, role: ModelRole,
    price: TokenPrice?, duration: Double
  ) throws -> (Answered, JournalEntry) where Call.Response == Response {
    var answered: Answered
    var text: Data
    switch result {
    case .success(let value):
      do {
        text = try CanonicalJSON.encode(value)
        answered = Answered(result, usage: Call.usage(of: value).charged(by: price))
      } catch {
        let problem = ModelError(.engine, "the model's response holds a number that is not finite")
        text = try CanonicalJSON.encode(problem)
        answered = Answered(.failure(problem), usage: Call.usage(of: value).charged(by: price))
      }
    case .failure(let error):
      text = try CanonicalJSON.encode(error)
      answered = Answered(result, usage: Usage())
    }
    let entry = JournalEntry(
      key: key, kind: Call.kind, role: role, response: String(decoding: text, as: UTF8.self),
      failed: answered.error != nil, usage: answered.usage, duration: duration, cached: false)
    return (answered, entry)
  }
}

extension Usage {
  /// The usage as it is charged: with the money it costs, unless the model said so itself.
  fileprivate func charged(by price: TokenPrice?) -> Usage {
    var usage = self
    if let price, usage.dollars == 0 { usage.dollars = price.dollars(for: self) }
    // The record keeps what is charged; what a service had in its cache is in the money by now.
    usage.cachedPromptTokens = 0
    return usage
  }
}
