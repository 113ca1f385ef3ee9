// SPDX-License-Identifier: Apache-2.0

/// A task with its rows, as read from files.
public struct LoadedTask: Sendable {
  /// The task.
  public var task: PromptTask
  /// Its rows.
  public var splits: DataSplits
  /// What a user should know but need not act on, such as rows that stand in two splits.
  public var warnings: [String]

  /// Creates a loaded task.
  public init(task: PromptTask, splits: DataSplits, warnings: [String] = []) {
    self.task = task
    self.splits = splits
    self.warnings = warnings
  }
}
