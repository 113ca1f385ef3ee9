// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// The random baseline.
  static let randomPhrases = CatalogEntry(
    name: "random",
    summary: "Draws prompts from a phrasebook without guidance; the baseline a search must beat.",
    paper: "arXiv:2311.09569",
    settings: [
      SettingDescription(
        name: "prompts", kind: .integer(1...100_000), defaultValue: .number(64),
        help: "How many prompts are drawn."),
      SettingDescription(
        name: "candidates", kind: .integer(1...256), defaultValue: .number(4),
        help: "How many of them are scored in one batch."),
      SettingDescription(
        name: "max-words", kind: .integer(1...5000), defaultValue: .number(200),
        help: "The most words of a prompt."),
    ],
    make: {
      RandomPhrases(
        prompts: $0.integer("prompts"), candidates: $0.integer("candidates"),
        maxWords: $0.integer("max-words"))
    })
}
