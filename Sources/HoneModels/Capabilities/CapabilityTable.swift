// SPDX-License-Identifier: Apache-2.0

/// What model families take, by the beginning of their names; the first that fits holds.
enum CapabilityTable {
  private struct Family {
    var beginnings: [String]
    var capabilities: ModelCapabilities
  }

  private static let openAIFamilies = [
    Family(
      beginnings: ["gpt-5-chat", "gpt-4o", "gpt-4.", "chatgpt"],
      capabilities: openAI()),
    Family(
      beginnings: ["gpt-4-turbo"],
      capabilities: openAI(takesSchema: false)),
    Family(
      beginnings: ["gpt-4", "gpt-3.5"],
      capabilities: openAI(takesSchema: false, takesImages: false)),
    Family(beginnings: ["o1-mini", "o1-preview"], capabilities: .earlyReasoning),
    Family(beginnings: ["o3-mini"], capabilities: .blindReasoning),
    Family(
      beginnings: ["o1", "o3", "o4", "gpt-5", "gpt-6", "codex"], capabilities: .reasoning),
  ]

  /// What a model of OpenAI's takes; fine-tuned ones are named after their base, as
  /// `ft:gpt-4o-mini:…`.
  static func openAI(_ model: String) -> ModelCapabilities {
    let name = model.hasPrefix("ft:") ? String(model.dropFirst(3)) : model
    return lookUp(name, in: openAIFamilies) ?? openAI()
  }

  private static func openAI(
    takesSchema: Bool = true, takesImages: Bool = true
  ) -> ModelCapabilities {
    ModelCapabilities(
      tokenLimit: .maxCompletionTokens, takesSchema: takesSchema, takesImages: takesImages,
      tellsLikelihoods: true, samplesAtOnce: 8)
  }

  private static let anthropicFamilies = [
    Family(
      beginnings: [
        "claude-3", "claude-sonnet-4-0", "claude-sonnet-4-2", "claude-opus-4-0", "claude-opus-4-2",
      ],
      capabilities: anthropic(takesSchema: false)),
    Family(
      beginnings: ["claude-2", "claude-instant"],
      capabilities: anthropic(takesSchema: false, takesImages: false)),
  ]

  private static func anthropic(
    takesSchema: Bool = true, takesImages: Bool = true
  ) -> ModelCapabilities {
    ModelCapabilities(
      highestTemperature: 1, takesSeed: false, takesBlankStop: false, takesSchema: takesSchema,
      takesImages: takesImages)
  }

  /// What a model of Anthropic's takes: temperatures up to 1, no seed.
  static func anthropic(_ model: String) -> ModelCapabilities {
    lookUp(model, in: anthropicFamilies) ?? anthropic()
  }

  /// What a model behind a router takes, named as `openai/o3`; its other models take everything.
  static func routed(_ model: String) -> ModelCapabilities {
    guard model.hasPrefix("openai/") else { return ModelCapabilities(tellsLikelihoods: true) }
    var capabilities = openAI(String(model.dropFirst("openai/".count)))
    capabilities.tokenLimit = .maxTokens
    // Routers hand on one choice.
    capabilities.samplesAtOnce = 1
    return capabilities
  }

  private static func lookUp(_ model: String, in families: [Family]) -> ModelCapabilities? {
    let name = model.lowercased()
    return families.first { $0.beginnings.contains { name.hasPrefix($0) } }?.capabilities
  }
}
