// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// Mistral's chat completions, whose seed has a name of its own.
  static let mistral = Provider(
    name: "mistral", dialect: ChatCompletions(seedName: "random_seed"),
    address: "https://api.mistral.ai/v1", key: KeySource(variables: ["MISTRAL_API_KEY"]),
    capabilities: { _ in ModelCapabilities(highestTemperature: 1.5, samplesAtOnce: 8) })
}
