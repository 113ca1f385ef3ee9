// SPDX-License-Identifier: Apache-2.0

/// The part of the data an example belongs to.
public enum Split: String, Sendable, Hashable, Codable, CaseIterable {
  /// What an optimizer may read: inputs, answers and mistakes.
  case train
  /// What candidates are compared on.
  case dev
  /// What the final claim is made on, sealed until the run's last step.
  case test
}
