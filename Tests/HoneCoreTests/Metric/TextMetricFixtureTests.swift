// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Text metrics equal their reference implementations")
struct TextMetricFixtureTests {
  private struct Document: Decodable {
    var rows: [Row]
  }

  private struct Row: Decodable {
    var response: String
    var references: [String]
    var rouge1: Double
    var rouge2: Double
    var rougeL: Double
    var bleu: Double
    var chrf: Double

    enum CodingKeys: String, CodingKey {
      case response, references, bleu, chrf
      case rouge1 = "rouge-1"
      case rouge2 = "rouge-2"
      case rougeL = "rouge-l"
    }
  }

  private func compare(_ metric: MetricConfiguration, _ wanted: (Row) -> Double) throws {
    let scorer = try MetricScorer(metric, kind: .freeText)
    let rows = try Fixture.read("metrics", as: Document.self).rows
    #expect(rows.count > 200)
    for row in rows {
      let example = Example(id: "row", fields: [:], references: row.references)
      let outcome = scorer.outcome(response: row.response, answer: row.response, example: example)
      let value = try #require(outcome.value)
      #expect(abs(value - wanted(row)) < 1e-6, "\(row.response) against \(row.references)")
    }
  }

  @Test("ROUGE-1 is that of rouge-score")
  func rouge1() throws { try compare(.rouge1) { $0.rouge1 } }

  @Test("ROUGE-2 is that of rouge-score")
  func rouge2() throws { try compare(.rouge2) { $0.rouge2 } }

  @Test("ROUGE-L is that of rouge-score")
  func rougeL() throws { try compare(.rougeL) { $0.rougeL } }

  @Test("BLEU is that of sacrebleu")
  func bleu() throws { try compare(.bleu) { $0.bleu } }

  @Test("chrF is that of sacrebleu")
  func chrf() throws { try compare(.chrf) { $0.chrf } }
}
