// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// Servers of the user's own, whose addresses `HONE_SERVERS` lists.
  ///
  /// The environment names them and no task file does, so the servers' key goes to all of them.
  static let servers = Provider(
    name: "servers", dialect: ChatCompletions(completesTexts: true), address: "",
    addressVariable: "HONE_SERVERS", key: ServerKey.source, needsKey: false, isList: true,
    capabilities: { _ in ModelCapabilities(tellsLikelihoods: true) })
}
