// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hone

extension WorkedProgram {
  /// Requests to a bank under twenty labels: words are inferred, labels retrieved, one is chosen.
  static func manyLabels(_ data: URL) throws -> WorkedProgram {
    let known = try table(of: "labels.jsonl", in: data)
    let labels = known.compactMap { $0["label"] }
    let descriptions = Dictionary(
      known.map { ($0["label"] ?? "", $0["words"] ?? "") }, uniquingKeysWith: { first, _ in first })
    let body = InferRetrieveRank(labels: labels, descriptions: descriptions, shortlist: 3)
    let requests = try table(of: "requests.jsonl", in: data)
    let worked = WorkedProgram(
      name: "many-labels",
      program: try body.program(
        instruction: "Name what a bank's customer wants.", format: .completion),
      body: body,
      rows: requests.enumerated().map { Example($1, number: $0, input: "text", answer: "label") })
    return worked.showing(
      [
        ["text": "My phone does not take the card.", "words": "phone, pay, wallet"],
        ["text": "I want to end my account with you.", "words": "close, end, account"],
      ], in: InferRetrieveRank.inferringStage, maxTokens: 12
    ).showing(
      [
        [
          "text": "My phone does not take the card.", "label": "apple pay",
          "options": "card arrival, apple pay, lost card",
        ],
        [
          "text": "I want to end my account with you.", "label": "close account",
          "options": "close account, change pin, age limit",
        ],
        [
          "text": "My rent is to be paid each month.", "label": "direct debit",
          "options": "double charge, refund missing, direct debit",
        ],
      ], in: InferRetrieveRank.rankingStage, maxTokens: 8)
  }
}
