// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hone

extension WorkedProgram {
  /// Questions that take two hops over documents: to who painted it, and to where that one was born.
  static func twoHops(_ data: URL) throws -> WorkedProgram {
    let index = try BM25Index(jsonLines: data.appending(path: "documents.jsonl"), id: "id")
    let body = HoppingRetrieval(index: index, hops: 2, passages: 1)
    let questions = try table(of: "questions.jsonl", in: data)
    let worked = WorkedProgram(
      name: "two-hops", program: try body.program(format: .completion), body: body,
      rows: questions.enumerated().map {
        Example($1, number: $0, input: "question", answer: "answer")
      })
    func asked(_ work: String) -> String {
      "In which town was the painter of \(work) born?"
    }
    return worked.showing(
      [
        [
          "question": asked("Silver Gate"), "context": "nothing so far",
          "query": "Silver Gate painting",
        ],
        [
          "question": asked("Silver Gate"), "context": "- Silver Gate is a painting by Jan Holt.",
          "query": "Jan Holt was born in the town of",
        ],
        [
          "question": asked("Quiet Mill"), "context": "nothing so far",
          "query": "Quiet Mill painting",
        ],
        [
          "question": asked("Quiet Mill"), "context": "- Quiet Mill is a painting by Eva Stone.",
          "query": "Eva Stone was born in the town of",
        ],
      ], in: HoppingRetrieval.queryingStage, maxTokens: 14
    ).showing(
      [
        [
          "question": asked("Silver Gate"), "answer": "Visby",
          "context": "- Silver Gate is a painting by Jan Holt.\n"
            + "- Jan Holt was born in the town of Visby and learnt to paint there.",
        ],
        [
          "question": asked("Quiet Mill"), "answer": "Delft",
          "context": "- Quiet Mill is a painting by Eva Stone.\n"
            + "- Eva Stone was born in the town of Delft and learnt to paint there.",
        ],
      ], in: HoppingRetrieval.answeringStage, maxTokens: 8)
  }
}
