// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// An optimizer of the catalog: its description, and how one is made of settings.
///
/// A method's entry lives in a file of its own, `Catalog+<method>.swift`, and is named once, in
/// ``Catalog/entries``. Settings of the grid come from ``GridSettings``, with the method's defaults.
struct CatalogEntry: Sendable {
  /// The name, summary, paper and settings.
  var description: OptimizerDescription
  /// What was given together and cannot both have an effect, beyond what single values say.
  var contradictions: @Sendable (SettingValues) -> [String]
  /// Makes the optimizer of settings that have no problems.
  var make: @Sendable (SettingValues) -> any Optimizer
  /// Whether it searches for one instruction, so that it works on a program stage by stage and may be
  /// followed by a search for demonstrations.
  var isForInstructions: Bool
  /// Whether it compares so many prompts that the best of them are worth scoring again.
  var hasFinalists: Bool

  /// Creates an entry; the contradictions of the grid are always asked for.
  init(
    name: String, summary: String, paper: String, settings: [SettingDescription],
    isForInstructions: Bool = true, hasFinalists: Bool = true, readsFeedback: Bool = false,
    contradictions: @escaping @Sendable (SettingValues) -> [String] = { _ in [] },
    make: @escaping @Sendable (SettingValues) -> any Optimizer
  ) {
    description = OptimizerDescription(
      name: name, summary: summary, paper: paper,
      settings: settings + (hasFinalists ? FinalistSettings.list : [])
        + (isForInstructions ? ProgramSettings.list : []),
      readsFeedback: readsFeedback)
    self.isForInstructions = isForInstructions
    self.hasFinalists = hasFinalists
    self.contradictions = {
      GridSettings.contradictions(in: $0) + ProgramSettings.contradictions(in: $0)
        + contradictions($0)
    }
    self.make = make
  }
}
