// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// A model that answers the batches of ``BenchProgram`` in their order with next to no work.
final class PreparedModel: LanguageModel {
  let identity = ModelIdentity(name: "prepared", digest: "prepared-1")
  private let batch = Mutex(0)

  func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    let replies = next(requests.count)
    return AsyncThrowingStream { continuation in
      for (index, reply) in replies.enumerated() {
        continuation.yield(BatchElement(index: index, result: reply))
      }
      continuation.finish()
    }
  }

  /// The replies of the next stage.
  func next(_ count: Int) -> [Result<Generation, ModelError>] {
    let stage = batch.withLock { value in
      defer { value += 1 }
      return value % 3
    }
    return (0..<count).map { example in
      .success(
        Generation(
          text: BenchProgram.reply(stage: stage, example: example), finish: .endOfTurn,
          usage: Usage(promptTokens: 100, completionTokens: 10)))
    }
  }
}
