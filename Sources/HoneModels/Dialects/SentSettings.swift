// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What of a request's settings a model takes, in the values it takes.
struct SentSettings: Sendable, Hashable {
  var temperature: Double?
  /// Sent only when a request has it, and to models that take a temperature.
  var topP: Double?
  /// The same, over protocols that have it: OpenAI's has not.
  var topK: Int?
  /// Chooses the sample; nil for greedy answers.
  var seed: UInt32?
  var stop: [String]
  /// The JSON Schema of the response.
  var schema: JSONValue?
  /// Whether log-probabilities are asked for.
  var scoresTokens: Bool

  init(_ request: GenerationRequest, _ capabilities: ModelCapabilities) {
    if let highest = capabilities.highestTemperature {
      temperature = min(request.temperature, highest)
      topP = request.topP
      topK = request.topK
    }
    if capabilities.takesSeed, request.temperature > 0 {
      // 31 bits: some services take no more.
      let text = "\(request.seed)#\(request.sampleIndex)"
      seed = UInt32(truncatingIfNeeded: StableHash.of(text) & 0x7FFF_FFFF)
    }
    schema = capabilities.takesSchema ? request.schema : nil
    scoresTokens = capabilities.tellsLikelihoods && request.scoresTokens
    let wanted = request.stop.filter { stop in
      capabilities.takesBlankStop || stop.contains { !$0.isWhitespace }
    }
    stop = Array(wanted.prefix(capabilities.stopLimit))
  }
}

extension WireCall {
  /// A call with a JSON body in canonical form, the members of schemas in the order they ask for.
  init(path: String, json: JSONValue) throws(ModelError) {
    self.path = path
    do {
      body = try json.wireForm
    } catch {
      throw ModelError(.unsupported, "the request holds a number that is not finite")
    }
  }
}

extension Generation {
  /// The response up to the first of the stop texts, for what the service did not stop at.
  func stopped(at stops: [String]) -> Generation {
    var end = text.endIndex
    for stop in stops where !stop.isEmpty {
      if let range = text.range(of: stop), range.lowerBound < end { end = range.lowerBound }
    }
    guard end < text.endIndex else { return self }
    let text = String(text[..<end])
    return Generation(
      text: text, finish: .stopText, usage: usage, tokens: tokens?.covering(text))
  }
}
