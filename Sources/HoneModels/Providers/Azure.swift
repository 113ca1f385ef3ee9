// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// Azure's deployments of OpenAI's models; the model is the deployment's name.
  static let azure = Provider(
    name: "azure", dialect: ChatCompletions(keyHeader: .apiKey), address: "",
    addressVariable: "AZURE_OPENAI_ENDPOINT", addressSuffix: "/openai/v1",
    key: KeySource(variables: ["AZURE_OPENAI_API_KEY"]), capabilities: CapabilityTable.openAI)
}
