// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension RunSession {
  /// Generates texts in a role; one result a request, in order.
  func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>] {
    let model = try models.languageModel(role)
    return try await answer(requests, as: role, model: model.identity) { model.generate($0) }
  }

  /// Scores continuations with the model of a role; one result a request, in order.
  func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>] {
    let model = try models.likelihoodModel(role)
    return try await answer(requests, as: role, model: model.identity) { model.likelihoods($0) }
  }

  /// Embeds texts with the embedder; one result a text, in order.
  func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>] {
    guard let model = models.embedder else {
      throw ModelError(
        .unusableModel, "no model is set for the role embedder; name one under models")
    }
    return try await answer(
      texts.map(EmbeddingCall.init), as: .embedder, model: model.identity
    ) { calls in model.embed(calls.map(\.text)) }
  }
}
