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
  /// Of the likeliest tokens, as few are drawn from as come to this share of chances; nil for all.
  public var topP: Double?
  /// How many of the likeliest tokens are drawn from; nil for all.
  public var topK: Int?
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
  /// Whether the response tells how likely each of its tokens was, with models that tell it.
  public var scoresTokens: Bool

  /// Creates a request.
  public init(
    input: ModelInput, maxTokens: Int, temperature: Double = 0, stop: [String] = [],
    seed: UInt64 = 0, sampleIndex: Int = 0, stopWhenDecided: AnswerKind? = nil,
    schema: JSONValue? = nil, scoresTokens: Bool = false, topP: Double? = nil, topK: Int? = nil
  ) {
    self.input = input
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.stop = stop
    self.seed = seed
    self.sampleIndex = sampleIndex
    self.stopWhenDecided = stopWhenDecided
    self.schema = schema
    self.scoresTokens = scoresTokens
    self.topP = topP
    self.topK = topK
  }
}

extension GenerationRequest {
  private enum CodingKeys: String, CodingKey {
    case input, maxTokens, temperature, stop, seed, sampleIndex, stopWhenDecided, schema
    case scoresTokens, topP, topK
  }

  /// Reads a request; without ``scoresTokens`` it does not ask for them.
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      input: try container.decode(ModelInput.self, forKey: .input),
      maxTokens: try container.decode(Int.self, forKey: .maxTokens),
      temperature: try container.decode(Double.self, forKey: .temperature),
      stop: try container.decode([String].self, forKey: .stop),
      seed: try container.decode(UInt64.self, forKey: .seed),
      sampleIndex: try container.decode(Int.self, forKey: .sampleIndex),
      stopWhenDecided: try container.decodeIfPresent(AnswerKind.self, forKey: .stopWhenDecided),
      schema: try container.decodeIfPresent(JSONValue.self, forKey: .schema),
      scoresTokens: try container.decodeIfPresent(Bool.self, forKey: .scoresTokens) ?? false,
      topP: try container.decodeIfPresent(Double.self, forKey: .topP),
      topK: try container.decodeIfPresent(Int.self, forKey: .topK))
  }

  /// Writes a request, ``scoresTokens`` only when asked for, so that older records keep their keys.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(input, forKey: .input)
    try container.encode(maxTokens, forKey: .maxTokens)
    try container.encode(temperature, forKey: .temperature)
    try container.encode(stop, forKey: .stop)
    try container.encode(seed, forKey: .seed)
    try container.encode(sampleIndex, forKey: .sampleIndex)
    try container.encodeIfPresent(stopWhenDecided, forKey: .stopWhenDecided)
    try container.encodeIfPresent(schema, forKey: .schema)
    if scoresTokens { try container.encode(true, forKey: .scoresTokens) }
    try container.encodeIfPresent(topP, forKey: .topP)
    try container.encodeIfPresent(topK, forKey: .topK)
  }
}
