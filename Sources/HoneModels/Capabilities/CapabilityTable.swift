// SPDX-License-Identifier: Apache-2.0

/// What model families take, by the beginning of their names; the first that fits holds.
enum CapabilityTable {
  private struct Family {
    var beginnings: [String]
    var capabilities: ModelCapabilities
  }

  private static let openAIFamilies = [
    Family(
      beginnings: ["gpt-5-chat", "gpt-4", "gpt-3.5", "chatgpt"],
      capabilities: ModelCapabilities(tokenLimit: .maxCompletionTokens)),
    Family(
      beginnings: ["o1", "o3", "o4", "gpt-5", "gpt-6", "codex"], capabilities: .reasoning),
  ]

  /// What a model of OpenAI's takes; fine-tuned ones are named after their base, as
  /// `ft:gpt-4o-mini:…`.
  static func openAI(_ model: String) -> ModelCapabilities {
    let name = model.hasPrefix("ft:") ? String(model.dropFirst(3)) : model
    return lookUp(name, in: openAIFamilies) ?? ModelCapabilities(tokenLimit: .maxCompletionTokens)
  }

  /// What a model behind a router takes, named as `openai/o3`; its other models take everything.
  static func routed(_ model: String) -> ModelCapabilities {
    guard model.hasPrefix("openai/") else { return ModelCapabilities() }
    var capabilities = openAI(String(model.dropFirst("openai/".count)))
    capabilities.tokenLimit = .maxTokens
    return capabilities
  }

  private static func lookUp(_ model: String, in families: [Family]) -> ModelCapabilities? {
    let name = model.lowercased()
    return families.first { $0.beginnings.contains { name.hasPrefix($0) } }?.capabilities
  }
}
