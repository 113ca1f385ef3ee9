// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A record with what several sections of the report need of it.
struct ReportContext: Sendable {
  let record: RunRecord
  let trace: RunTrace
  let format: ScoreFormat
  /// The name of each candidate in the report, such as `#3`, by id.
  let names: [String: String]
  /// The best score on the compared split and the rows it stands on, by candidate.
  let scores: [String: RunTrace.Point]

  init(_ record: RunRecord) {
    self.record = record
    trace = RunTrace(record)
    format = ScoreFormat(of: record)
    names = Dictionary(
      record.candidates.enumerated().map { ($1.id, $0 == 0 ? "seed" : "#\($0)") },
      uniquingKeysWith: { first, _ in first })
    // A score on more rows stands above one on fewer; of equals the last one holds.
    scores = Dictionary(
      trace.points.map { ($0.candidate, $0) },
      uniquingKeysWith: { $1.examples >= $0.examples ? $1 : $0 })
  }

  var seed: Candidate? { record.result?.seed ?? record.candidates.first }

  /// The best candidate: the result's, or the one in front while the search goes on.
  var best: Candidate? {
    if let best = record.result?.best { return best }
    for timed in record.events.reversed() {
      if case .stepFinished(_, _, _, let best, _) = timed.event {
        return record.candidates.first { $0.id == best }
      }
    }
    return record.candidates.first
  }

  /// The name of a candidate for readers.
  func name(of id: String) -> String {
    names[id] ?? String(id.prefix(6))
  }
}
