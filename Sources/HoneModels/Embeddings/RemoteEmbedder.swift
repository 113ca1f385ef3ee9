// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Synchronization

/// A model behind an API that turns texts into vectors.
///
/// Texts go together in requests of up to 64, through the limits and retries that all models of the
/// service share. A text that the service does not take fails alone: a request that is refused for
/// its content is sent again in halves. Vectors are brought to length 1, and all have as many
/// components as the first.
public final class RemoteEmbedder: EmbeddingModel, Sendable {
  /// The model's name as it was given, and a digest of its service, address and name.
  public let identity: ModelIdentity
  private let model: String
  private let dialect: any EmbeddingDialect
  private let courier: Courier
  private let dimensions = Mutex<Int?>(nil)

  init(
    identity: ModelIdentity, model: String, dialect: any EmbeddingDialect, courier: Courier
  ) {
    self.identity = identity
    self.model = model
    self.dialect = dialect
    self.courier = courier
  }

  /// Embeds texts, costing a request for up to 64 of them; an empty text fails with `unsupported`.
  public func embed(_ texts: [String]) -> BatchStream<Embedding> {
    .gathering { continuation in
      for (index, text) in texts.enumerated() where text.isEmpty {
        let error = ModelError(.unsupported, "an empty text has no vector")
        continuation.yield(BatchElement(index: index, result: .failure(error)))
      }
      try await withThrowingDiscardingTaskGroup { group in
        for batch in TextBatch.all(of: texts) {
          group.addTask {
            for (place, result) in zip(batch.places, try await self.vectors(of: batch)) {
              continuation.yield(BatchElement(index: place, result: result))
            }
          }
        }
      }
    }
  }

  private func vectors(of batch: TextBatch) async throws -> [Result<Embedding, ModelError>] {
    let call: WireCall
    do throws(ModelError) {
      call = try dialect.call(batch.texts, model: model)
    } catch {
      return batch.texts.map { _ in .failure(error) }
    }
    let result = try await courier.bring(call, tokens: batch.reckonedTokens) {
      (body) throws(UnreadableReply) in try self.dialect.vectors(body, texts: batch.texts.count)
    }
    switch result {
    case .success(let raw):
      return zip(raw.values, batch.shares(of: raw.usage)).map(embedding)
    case .failure(let error):
      // One text may be too long or of a kind that is not taken; the others need not fail with it.
      guard error.kind == .tooLong || error.kind == .engine, let halves = batch.halves else {
        return batch.texts.map { _ in .failure(error) }
      }
      return try await vectors(of: halves.0) + vectors(of: halves.1)
    }
  }

  private func embedding(_ values: [Double], usage: Usage) -> Result<Embedding, ModelError> {
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0, length.isFinite else {
      return .failure(
        ModelError(
          .engine, "\(identity.name) gave a vector of length \(length), which shows nothing"))
    }
    let required = dimensions.withLock { first in
      first = first ?? values.count
      return first ?? values.count
    }
    guard values.count == required else {
      return .failure(
        ModelError(
          .engine,
          "\(identity.name) gave a vector of \(values.count) components where its first had "
            + "\(required); is there one model alone behind this name?"))
    }
    return .success(Embedding(values: values.map { Float($0 / length) }, usage: usage))
  }
}
