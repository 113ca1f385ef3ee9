// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// OpenRouter, whose models are named as `openai/gpt-4o-mini`.
  static let openRouter = Provider(
    name: "openrouter", dialect: ChatCompletions(), address: "https://openrouter.ai/api/v1",
    key: KeySource(variables: ["OPENROUTER_API_KEY"]), capabilities: CapabilityTable.routed)
}
