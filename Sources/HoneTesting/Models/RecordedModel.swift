// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore

/// A model that answers from a run's journal and fails for what the journal does not hold.
///
/// With it a run made with any model is replayed without that model.
public final class RecordedModel: LikelihoodModel, EmbeddingModel, Sendable {
  /// What the recorded model was.
  public let identity: ModelIdentity
  private let store: RunStore

  /// Opens the journal of a run, for the model that had a role in it.
  /// - Throws: `StoreError`, and `ModelError` when the run had no model in the role.
  public init(run: URL, role: ModelRole = .task) throws {
    store = try RunStore.look(at: run)
    guard let identity = try store.header().models[role] else {
      throw ModelError(
        .unusableModel, "the run \(run.lastPathComponent) had no model for \(role.rawValue)")
    }
    self.identity = identity
  }

  /// Answers from the record.
  public func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    stream(requests, kind: .generate)
  }

  /// Answers from the record.
  public func likelihoods(_ requests: [LikelihoodRequest]) -> BatchStream<Likelihoods> {
    stream(requests, kind: .likelihoods)
  }

  /// Answers from the record.
  public func embed(_ texts: [String]) -> BatchStream<Embedding> {
    stream(texts.map { ["text": $0] }, kind: .embed)
  }

  private func stream<Response: Codable & Sendable>(
    _ requests: [some Encodable], kind: CallKind
  ) -> BatchStream<Response> {
    BatchStream { continuation in
      do {
        let keys = try requests.map {
          try RequestKey(model: identity.digest, kind: kind, request: $0)
        }
        let entries = try store.calls(keys)
        for (index, key) in keys.enumerated() {
          continuation.yield(BatchElement(index: index, result: try result(entries[key])))
        }
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
  }

  private func result<Response: Decodable>(
    _ entry: JournalEntry?
  ) throws -> Result<Response, ModelError> {
    guard let entry else {
      return .failure(ModelError(.unavailable, "the run's journal does not hold this request"))
    }
    let data = Data(entry.response.utf8)
    return entry.failed
      ? .failure(try JSONDecoder().decode(ModelError.self, from: data))
      : .success(try JSONDecoder().decode(Response.self, from: data))
  }
}
