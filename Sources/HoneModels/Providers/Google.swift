// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// Google's Gemini; its models since 2.5 think before they answer.
  static let google = Provider(
    name: "google", dialect: GeminiContent(),
    address: "https://generativelanguage.googleapis.com/v1beta",
    key: KeySource(variables: ["GEMINI_API_KEY", "GOOGLE_API_KEY"]),
    capabilities: { model in
      let thinks = ["gemini-2.5", "gemini-3"].contains { model.hasPrefix($0) }
      return ModelCapabilities(stopLimit: 5, thinks: thinks, samplesAtOnce: 8)
    })
}
