// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneReport

  /// What better-together says in the end: each round on dev and on the test rows, and what is kept.
  struct TogetherReport: Sendable {
    let work: TogetherWork
    let standings: [TogetherStanding]

    private struct Row {
      var standing: TogetherStanding
      var dev: Evaluation
      var test: Evaluation?
    }

    /// Scores all rounds, keeps the best on dev, and only then opens the test rows.
    func tell() async throws {
      var rows: [Row] = []
      for standing in standings {
        guard let dev = try await work.evaluations(of: standing, on: .dev).first else { continue }
        rows.append(Row(standing: standing, dev: dev))
      }
      // Of equals the earlier round is kept.
      guard
        let kept = rows.indices.max(by: {
          (rows[$0].dev.score ?? -1, $1) < (rows[$1].dev.score ?? -1, $0)
        })
      else { return }
      let model = rows[kept].standing.model
      let adapter =
        model == work.base ? nil : URL(filePath: String(model.dropFirst(work.base.count + 1)))
      try work.folder.keep(
        rows[kept].standing, adapter: adapter, of: work.loaded.task)
      if work.loaded.splits.test.count > 0 {
        for index in rows.indices {
          rows[index].test = try await work.evaluations(of: rows[index].standing, on: .test).first
        }
      }
      work.console.out(table(rows, kept: kept))
      if let comparison = comparison(rows[0], rows[kept]) {
        work.console.out(
          ComparisonText(
            comparison, names: ("start", rows[kept].standing.name), style: work.console.outputStyle
          ).text)
      }
      let place = RelativePath.fromHere(work.folder.url)
      work.console.error(
        "Kept in \(place): prompt.txt, program.json\(adapter == nil ? "" : ", adapter.gguf")")
    }

    private func comparison(_ start: Row, _ kept: Row) -> PairedComparison? {
      guard let first = start.test, let second = kept.test, start.standing != kept.standing else {
        return nil
      }
      return PairedComparison(
        first: first, second: second, binary: work.loaded.task.metric.isBinary,
        seed: work.loaded.task.seed)
    }

    private func table(_ rows: [Row], kept: Int) -> String {
      let format = ScoreFormat(
        fitting: rows.flatMap { [$0.dev.score, $0.test?.score] }.compactMap(\.self))
      func cells(_ evaluation: Evaluation?) -> [String] {
        guard let evaluation else { return ["", ""] }
        let task = work.loaded.task
        let mean = EstimatedMean(
          of: evaluation.results, binary: task.metric.isBinary, seed: task.seed)
        return [
          format.text(evaluation.score),
          task.metric == .macroF1 ? "" : mean.map { format.interval($0) } ?? "",
        ]
      }
      return TextTable(
        header: ["round", "dev", "95 % interval", "test", "95 % interval"],
        rows: rows.enumerated().map { index, row in
          [row.standing.name + (index == kept ? "  kept" : "")] + cells(row.dev) + cells(row.test)
        }, style: work.console.outputStyle
      ).text
    }
  }
#endif
