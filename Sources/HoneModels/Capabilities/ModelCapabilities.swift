// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a model takes of a request.
struct ModelCapabilities: Sendable, Hashable {
  /// The names of the token limit.
  enum TokenLimit: String, Sendable {
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }

  /// The highest temperature it takes; nil when it takes none.
  var highestTemperature: Double? = 2
  var takesSeed = true
  /// The most stop texts it takes; the others are looked for in the response.
  var stopLimit = 4
  /// Whether a stop text may be white space alone.
  var takesBlankStop = true
  var tokenLimit = TokenLimit.maxTokens
  /// Whether it thinks before it answers, within the token limit.
  var thinks = false
  /// Whether it keeps to a JSON Schema.
  var takesSchema = true
  /// Whether it sees images.
  var takesImages = true
  /// Whether it tells how likely the tokens of its response were.
  var tellsLikelihoods = false
  /// The most samples it draws for one request; a request that asks for more is sent again.
  var samplesAtOnce = 1

  /// Models that think: no temperature, no stop texts, and the newer name of the limit.
  static let reasoning = ModelCapabilities(
    highestTemperature: nil, takesSeed: false, stopLimit: 0, tokenLimit: .maxCompletionTokens,
    thinks: true)

  /// Such models that see no images.
  static let blindReasoning: ModelCapabilities = {
    var capabilities = reasoning
    capabilities.takesImages = false
    return capabilities
  }()

  /// The first such models, which also keep to no schema.
  static let earlyReasoning: ModelCapabilities = {
    var capabilities = blindReasoning
    capabilities.takesSchema = false
    return capabilities
  }()

  /// What it takes, in one line.
  var words: String {
    let temperature = highestTemperature.map { "temperature up to \($0)" } ?? "no temperature"
    let stop = stopLimit > 0 ? "\(stopLimit) stop texts" : "stop texts looked for here"
    return [
      temperature, takesSeed ? "a seed" : "no seed", stop,
      takesSchema ? "a JSON schema" : "no JSON schema", takesImages ? "images" : "no images",
      tellsLikelihoods ? "log-probabilities" : "no log-probabilities",
      samplesAtOnce > 1 ? "\(samplesAtOnce) samples a request" : "one sample a request",
    ].joined(separator: ", ")
  }

  /// Refuses what cannot be left out of a request.
  /// - Throws: `unsupported` for images that the model does not see.
  func check(_ input: ModelInput, model: String) throws(ModelError) {
    guard !takesImages, input.imageCount > 0 else { return }
    throw ModelError(
      .unsupported, "the model \(model) sees no images; take one that does, or leave them out")
  }

  /// What is said once of a model that takes less than others.
  func notices(of model: String) -> [String] {
    var missing: [String] = []
    if highestTemperature == nil { missing.append("temperature") }
    if !takesSeed { missing.append("seed") }
    var notices: [String] = []
    if !missing.isEmpty {
      notices.append(
        "\(model) takes no \(missing.joined(separator: " and no ")); it is left out, "
          + "so answers may differ from time to time")
    }
    if thinks {
      notices.append(
        "\(model) thinks within max-tokens; give at least 2000, or answers come back empty")
    }
    return notices
  }
}
