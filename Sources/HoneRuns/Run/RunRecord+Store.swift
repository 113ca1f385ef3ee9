// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore

extension RunRecord {
  /// Reads all that is known of a run.
  /// - Throws: `StoreError`.
  public init(_ store: RunStore) throws {
    let header = try store.header()
    let rows = try store.examples(of: .dev)
    let candidates = try store.candidates()
    var spend = header.spend
    spend.seconds = header.seconds
    self.init(
      id: store.folder.url.lastPathComponent, task: header.task, version: header.version,
      models: header.models, started: header.started, status: header.status,
      events: try store.events(), candidates: candidates,
      dev: try candidates.compactMap { candidate in
        try Self.evaluation(of: candidate, on: rows, task: header.task, in: store)
      },
      spend: spend, cachedCalls: header.cachedCalls, result: header.result)
  }

  /// A candidate's evaluation on all rows; nil when some were not evaluated.
  private static func evaluation(
    of candidate: Candidate, on rows: [Example], task: PromptTask, in store: RunStore
  ) throws -> Evaluation? {
    let results = try store.outcomes(of: candidate.id, on: .dev)
    guard results.count == rows.count, !rows.isEmpty else { return nil }
    return Evaluation(
      candidate: candidate.id, results: results, examples: rows, metric: task.metric,
      kind: task.answer.kind)
  }
}
