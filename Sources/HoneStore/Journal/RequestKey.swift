// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import GRDB
import HoneCore

/// What a call is known by: SHA-256 over the model's digest, the kind of call and the full request.
///
/// Equal requests to equal models have equal keys on every machine; with sampling the sample index
/// is part of the request, so repeats differ and replays do not.
public struct RequestKey: Sendable, Hashable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Makes the key of a request.
  /// - Throws: `EncodingError` for a request JSON cannot hold, such as a temperature that is not
  ///   finite.
  public init(model: String, kind: CallKind, request: some Encodable) throws {
    var text = CanonicalText()
    text.append(json: #"{"kind":"#)
    text.append(kind.rawValue)
    text.append(json: #","model":"#)
    text.append(model)
    text.append(json: #","request":"#)
    try text.append(request)
    text.append(json: "}")
    self.init(bytes: Array(SHA256.hash(data: text.bytes)))
  }

  /// Takes a key back from its 32 bytes; missing bytes are 0.
  init(bytes: [UInt8]) {
    func word(_ index: Int) -> UInt64 {
      bytes.dropFirst(index * 8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
    words = (word(0), word(1), word(2), word(3))
  }

  /// The 32 bytes.
  public var data: Data {
    var data = Data(capacity: 32)
    for word in [words.0, words.1, words.2, words.3] {
      withUnsafeBytes(of: word.bigEndian) { data.append(contentsOf: $0) }
    }
    return data
  }

  /// Whether two keys are the same.
  public static func == (a: RequestKey, b: RequestKey) -> Bool { a.words == b.words }

  /// Hashes the first word, which is as good as random.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
  }
}

extension RequestKey: DatabaseValueConvertible {
  /// The 32 bytes as a blob.
  public var databaseValue: DatabaseValue { data.databaseValue }

  /// Takes a key back from a blob of 32 bytes.
  public static func fromDatabaseValue(_ value: DatabaseValue) -> RequestKey? {
    guard let data = Data.fromDatabaseValue(value), data.count == 32 else { return nil }
    return RequestKey(bytes: Array(data))
  }
}

/// The kinds of call that a journal holds.
public enum CallKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// A text written by a model.
  case generate
  /// The likelihoods of continuations.
  case likelihoods
  /// The vector of a text.
  case embed
  /// A score given by a metric's program.
  case command
}
