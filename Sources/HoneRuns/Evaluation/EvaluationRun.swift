// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Prompts evaluated on a split, without a search and without a folder: `hone eval`.
///
/// Calls are answered from the cache across runs where it knows them.
public final class EvaluationRun: Sendable {
  /// The task.
  public let task: PromptTask

  /// Prepares an evaluation of a task's rows.
  public init(_ loaded: LoadedTask, models: ModelSet, options: RunOptions = RunOptions()) throws {
    task = loaded.task
  }

  /// What was used so far.
  public var spend: Spend { Spend() }

  /// Evaluates candidates on all rows of a split; `test` breaks the seal.
  ///
  /// Costs one task call for each candidate and row, two with a final turn or a judge.
  public func evaluate(_ candidates: [Candidate], on split: Split) async throws -> [Evaluation] {
    throw RunError.badTask("prompts cannot be evaluated yet")
  }

  /// Evaluates two candidates on the same rows and compares them in pairs.
  public func compare(
    _ first: Candidate, _ second: Candidate, on split: Split
  ) async throws -> (first: Evaluation, second: Evaluation, comparison: PairedComparison) {
    throw RunError.badTask("prompts cannot be compared yet")
  }
}
