// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// Anthropic's messages.
  static let anthropic = Provider(
    name: "anthropic", dialect: AnthropicMessages(), address: "https://api.anthropic.com/v1",
    addressVariable: "ANTHROPIC_BASE_URL", addressSuffix: "/v1",
    key: KeySource(variables: ["ANTHROPIC_API_KEY"]),
    capabilities: CapabilityTable.anthropic)
}
