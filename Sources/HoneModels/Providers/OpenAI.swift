// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// OpenAI's chat completions.
  static let openAI = Provider(
    name: "openai", dialect: ChatCompletions(), address: "https://api.openai.com/v1",
    addressVariable: "OPENAI_BASE_URL", key: KeySource(variables: ["OPENAI_API_KEY"]),
    capabilities: CapabilityTable.openAI)
}
