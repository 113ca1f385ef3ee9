// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// How a kind of service writes requests and responses.
///
/// To add one, write this protocol's methods over values; sending, limits and retries are shared.
protocol Dialect: Sendable {
  /// The path and body of a request for some samples of a model, at most as many as it draws at
  /// once.
  /// - Throws: `unsupported` for what the service cannot be asked.
  func call(
    _ request: GenerationRequest, samples: Int, model: String, capabilities: ModelCapabilities
  ) throws(ModelError) -> WireCall

  /// Reads the body of a response with the status 200: its samples, at least one, and the usage of
  /// all of them.
  func samples(_ body: Data) throws(UnreadableReply) -> Samples

  /// The headers beside those of every request; the only place for the key.
  func headers(key: SecretKey?) -> [(String, String)]

  /// Whether the service completes texts as they stand.
  var completesTexts: Bool { get }

  /// How texts are turned into vectors; nil where the service does not do that.
  var embeddings: (any EmbeddingDialect)? { get }
}

/// A body that is no response of its kind.
struct UnreadableReply: Error, Sendable, Hashable {
  /// What is wrong with it, without its content.
  var words: String

  init(_ words: String) {
    self.words = words
  }

  /// Decodes a body, which must be UTF-8 throughout.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from body: Data
  ) throws(UnreadableReply) -> Value {
    guard String(validating: body, as: UTF8.self) != nil else {
      throw UnreadableReply("it is not UTF-8")
    }
    do {
      return try JSONDecoder().decode(type, from: body)
    } catch DecodingError.keyNotFound(let key, _) {
      throw UnreadableReply("it lacks the field \(key.stringValue)")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context)
    {
      let field = context.codingPath.last?.stringValue ?? "the whole"
      throw UnreadableReply("\(field) is of another kind than required")
    } catch {
      throw UnreadableReply("it is not valid JSON")
    }
  }
}
