// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The models of a run, one for each role it needs.
public struct ModelSet: Sendable {
  /// Answers the examples.
  public var task: any LanguageModel
  /// Writes new prompts; the task model when there is no other.
  public var optimizer: any LanguageModel
  /// Grades answers by a rubric, for metrics that ask for it.
  public var judge: (any LanguageModel)?
  /// Turns texts into vectors, for optimizers that ask for it.
  public var embedder: (any EmbeddingModel)?

  /// Creates a set; without an optimizer model the task model writes the prompts.
  public init(
    task: any LanguageModel, optimizer: (any LanguageModel)? = nil,
    judge: (any LanguageModel)? = nil, embedder: (any EmbeddingModel)? = nil
  ) {
    self.task = task
    self.optimizer = optimizer ?? task
    self.judge = judge
    self.embedder = embedder
  }

  /// What each model is, by role; roles without a model are left out.
  public var identities: [ModelRole: ModelIdentity] {
    var result: [ModelRole: ModelIdentity] = [
      .task: task.identity, .optimizer: optimizer.identity,
    ]
    result[.judge] = judge?.identity
    result[.embedder] = embedder?.identity
    return result
  }

  /// The model of a role that writes text.
  /// - Throws: `ModelError` of kind `unusableModel` when the role has none.
  func languageModel(_ role: ModelRole) throws(ModelError) -> any LanguageModel {
    switch role {
    case .task: return task
    case .optimizer: return optimizer
    case .judge:
      if let judge { return judge }
    case .embedder: break
    }
    throw ModelError(
      .unusableModel,
      "no model that writes text is set for the role \(role.rawValue); name one under models")
  }

  /// The model of a role that scores continuations.
  /// - Throws: `ModelError` of kind `unusableModel` when the role has none.
  func likelihoodModel(_ role: ModelRole) throws(ModelError) -> any LikelihoodModel {
    let model = try languageModel(role)
    if let model = model as? any LikelihoodModel { return model }
    throw ModelError(
      .unusableModel,
      "the model \(model.identity.name) cannot tell how likely a given text is; "
        + "take a local model or let the answer be generated")
  }
}
