// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers

/// Sessions on which the methods are tried: an instruction is the better the more helpful words it has.
enum MethodSession {
  static let words = ["sentiment", "review", "overall"]

  /// Right on 3 of 10 rows, and on 2 more for each helpful word.
  @Sendable static func score(_ instruction: String, _ row: Example) -> Double? {
    let skill = 3 + 2 * words.count { instruction.lowercased().contains($0) }
    return Int(StableHash.of(row.id) % 10) < skill ? 1 : 0
  }

  /// A model whose prompts add a helpful word, its number decides which; its other texts are reasons.
  @Sendable static func write(_ request: GenerationRequest) -> Result<Generation, ModelError> {
    let text = request.wholeText
    let number = StableHash.hex("\(text)#\(request.sampleIndex)").prefix(4)
    if request.stop.isEmpty || request.stop == ["\n\n"] {
      return reply("it never asks for the \(words[request.sampleIndex % words.count])")
    }
    let known = words.filter(text.lowercased().contains)
    let word = words[Int(StableHash.of(text + "\(request.sampleIndex)") % 3)]
    let said = Set(known.prefix(2) + [word]).sorted().joined(separator: " and ")
    return reply(
      request.stop == ["\n"]
        ? "Name the \(said), version \(number)."
        : "<new_prompt>Name the \(said), version \(number).</new_prompt>")
  }

  static func make(
    calls: Int? = nil, seed: UInt64 = 1, train: Int = 40, dev: Int = 30,
    write: @escaping RowSession.Writer = write, score: @escaping RowSession.Scorer = score
  ) throws -> RowSession {
    RowSession(
      task: try task(calls: calls, seed: seed), train: examples(train), dev: examples(dev),
      write: write, score: score)
  }
}

extension RowSession {
  /// The evaluations on training rows, in the order asked for.
  var training: [EvaluationRequest] {
    batches.flatMap { $0 }.filter { $0.examples.first?.id.hasPrefix("train:") == true }
  }
}
