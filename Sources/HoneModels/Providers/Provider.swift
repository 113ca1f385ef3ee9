// SPDX-License-Identifier: Apache-2.0

/// A service that people name models of, as `openai:MODEL`.
///
/// To add one, write a file beside this one with its constant and put it into ``all``.
struct Provider: Sendable {
  /// The word before the colon.
  let name: String
  let dialect: any Dialect
  /// The address that paths are put after.
  let address: String
  /// The variable that replaces the address; nil when none does.
  var addressVariable: String?
  /// What is put after the address that the variable gives.
  var addressSuffix = ""
  /// Where the key comes from; nil for services without keys.
  let key: KeySource?
  /// Whether it cannot be used without a key.
  var needsKey = true
  /// Whether its addresses are a list even where there is one, see ``AddressList/isList``.
  var isList = false
  /// What its models take.
  let capabilities: @Sendable (String) -> ModelCapabilities

  /// All providers, in the order they are shown.
  static let all: [Provider] = [
    .openAI, .anthropic, .google, .mistral, .azure, .openRouter, .ollama, .servers,
  ]

  /// The provider of a name.
  static func named(_ name: String) -> Provider? {
    all.first { $0.name == name }
  }
}
