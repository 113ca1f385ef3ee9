// SPDX-License-Identifier: Apache-2.0

/// What a model is used for in a run; budgets count over all roles.
public enum ModelRole: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
  /// Answers the examples under the prompt being judged.
  case task
  /// Writes new prompts.
  case optimizer
  /// Grades answers by a rubric.
  case judge
  /// Turns texts into vectors.
  case embedder
}
