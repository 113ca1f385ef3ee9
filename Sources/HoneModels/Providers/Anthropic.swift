// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// Anthropic's messages: temperatures up to 1, no seed.
  static let anthropic = Provider(
    name: "anthropic", dialect: AnthropicMessages(), address: "https://api.anthropic.com/v1",
    addressVariable: "ANTHROPIC_BASE_URL", addressSuffix: "/v1",
    key: KeySource(variables: ["ANTHROPIC_API_KEY"]),
    capabilities: { _ in
      ModelCapabilities(highestTemperature: 1, takesSeed: false, takesBlankStop: false)
    })
}
