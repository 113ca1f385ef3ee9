// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A batch of texts to embed, worked off beside the scheduler's steps.
final class EmbeddingJob: TreeJob {
  private let texts: [String]
  private let continuation: BatchStream<Embedding>.Continuation
  private var next = 0

  /// Creates a batch.
  init(texts: [String], continuation: BatchStream<Embedding>.Continuation) {
    self.texts = texts
    self.continuation = continuation
  }

  /// The texts that are left, as numbers of their own.
  var openPaths: Set<Int> { Set(next..<texts.count) }

  /// Embeds as many texts as fit into one step.
  func advance(with embedder: inout Embedder, tokenizer: Tokenizer) {
    var batch: [(index: Int, tokens: [Token])] = []
    var size = 0
    while next < texts.count {
      do throws(ModelError) {
        let tokens = try embedder.tokens(of: texts[next], tokenizer: tokenizer)
        guard embedder.fits(texts: batch.count + 1, tokens: size + tokens.count) else { break }
        batch.append((next, tokens))
        size += tokens.count
      } catch {
        continuation.yield(BatchElement(index: next, result: .failure(error)))
      }
      next += 1
    }
    guard !batch.isEmpty else { return }
    do throws(ModelError) {
      let vectors = try embedder.vectors(of: batch.map(\.tokens))
      for (item, vector) in zip(batch, vectors) {
        let usage = Usage(promptTokens: item.tokens.count)
        continuation.yield(
          BatchElement(
            index: item.index, result: .success(Embedding(values: vector, usage: usage))))
      }
    } catch {
      for item in batch {
        continuation.yield(BatchElement(index: item.index, result: .failure(error)))
      }
    }
  }

  func answer(_ probe: Probe, from row: OutputRow) -> PathVerdict { .end }

  func fail(path: Int, with error: ModelError) {
    guard path >= next, path < texts.count else { return }
    continuation.yield(BatchElement(index: path, result: .failure(error)))
    if path == texts.count - 1 { next = texts.count }
  }

  func finish() {
    continuation.finish()
  }
}
