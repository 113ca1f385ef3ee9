// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// Ollama on this machine, or where its own variable says.
  static let ollama = Provider(
    name: "ollama", dialect: ChatCompletions(), address: "http://127.0.0.1:11434/v1",
    addressVariable: "OLLAMA_HOST", addressSuffix: "/v1", key: nil,
    capabilities: { _ in ModelCapabilities(tellsLikelihoods: true) })
}
