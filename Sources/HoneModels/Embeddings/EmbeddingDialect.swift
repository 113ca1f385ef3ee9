// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// How a kind of service is asked for vectors, several texts at once.
protocol EmbeddingDialect: Sendable {
  /// The path and body that ask for one vector a text.
  func call(_ texts: [String], model: String) throws(ModelError) -> WireCall

  /// Reads the vectors of as many texts, in the order of the texts.
  func vectors(_ body: Data, texts: Int) throws(UnreadableReply) -> RawVectors
}

/// Vectors as a service gave them, of any length.
struct RawVectors: ServiceAnswer, Hashable {
  /// The components, `[texts][dimensions]`.
  var values: [[Double]]
  var usage = Usage()
}
