// SPDX-License-Identifier: Apache-2.0

/// One request for text.
///
/// Equal requests may be answered from a record.
public struct GenerationRequest: Sendable, Hashable, Codable {
  /// The chat to answer or the text to complete.
  public var input: ModelInput
  /// The most tokens to generate.
  public var maxTokens: Int
  /// 0 for greedy decoding; above 0, ``sampleIndex`` and ``seed`` choose the sample.
  public var temperature: Double
  /// Texts that end the generation; they are not part of the response.
  public var stop: [String]
  /// The seed of sampling.
  public var seed: UInt64
  /// Which of several samples of the same request this is.
  public var sampleIndex: Int
  /// Decoding may end as soon as this kind of answer is decided; nil for the full response.
  public var stopWhenDecided: AnswerKind?
  /// A JSON Schema that the response keeps to, with models that take one; nil for any response.
  public var schema: JSONValue?

  /// Creates a request.
  public init(
    input: ModelInput, maxTokens: Int, temperature: Double = 0, stop: [String] = [],
    seed: UInt64 = 0, sampleIndex: Int = 0, stopWhenDecided: AnswerKind? = nil,
    schema: JSONValue? = nil
  ) {
    self.input = input
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.stop = stop
    self.seed = seed
    self.sampleIndex = sampleIndex
    self.stopWhenDecided = stopWhenDecided
    self.schema = schema
  }
}
