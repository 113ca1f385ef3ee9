// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What every model must do, checked by asking it.
///
/// ```swift
/// @Test func `It obeys the contract of models`() async throws {
///   try await LanguageModelConformance(model: MyModel()).checkAll()
/// }
/// ```
///
/// The checks make some 60 short generations, and as many likelihoods and embeddings where the model
/// has them. Each throws a ``ConformanceFailure`` that says what was required and what was seen.
public struct LanguageModelConformance: Sendable {
  /// The model to check.
  public let model: any LanguageModel
  /// Makes the input of a question, such as a chat or, for a base model, a text.
  public let input: @Sendable (String) -> ModelInput
  /// The most tokens of an answer.
  public let maxTokens: Int
  /// A request longer than the model's context; nil for a model without a limit.
  public let tooLong: ModelInput?
  /// The share of greedy answers, in 0…1, that may differ between a request alone and in a batch.
  public let batchDifference: Double
  /// The share of samples, in 0…1, that may differ when they are asked for again.
  public let sampleDifference: Double
  /// How far a log-probability may move, by rounding, when it is asked for again.
  public let likelihoodDifference: Double

  /// Creates the checks of a model.
  public init(
    model: any LanguageModel,
    input: @escaping @Sendable (String) -> ModelInput = { .chat([Message(.user, $0)]) },
    maxTokens: Int = 12,
    tooLong: ModelInput? = .text(String(repeating: "one word after another ", count: 100_000)),
    batchDifference: Double = 0.02,
    sampleDifference: Double = 0,
    likelihoodDifference: Double = 0
  ) {
    self.model = model
    self.input = input
    self.maxTokens = maxTokens
    self.tooLong = tooLong
    self.batchDifference = batchDifference
    self.sampleDifference = sampleDifference
    self.likelihoodDifference = likelihoodDifference
  }

  /// Carries out every check that applies.
  /// - Throws: ``ConformanceFailure`` for the first rule that is broken, or what the model threw.
  public func checkAll() async throws {
    try await checkEachAnsweredOnce()
    try await checkGreedy()
    try await checkSampling()
    try await checkStop()
    try await checkTooLong()
    try await checkCancellation()
    if let model = model as? any LikelihoodModel { try await checkLikelihoods(model) }
    if let model = model as? any EmbeddingModel { try await checkEmbeddings(model) }
  }

  static let questions = [
    "Name a colour.", "Is water wet? Answer yes or no.", "What is 2 plus 3?",
    "Write a word that rhymes with light.", "Is the review good or bad? A lovely film.",
    "Name a colour.", "Name a town in France.", "Say hello.",
  ]

  func request(
    _ question: String, temperature: Double = 0, sample: Int = 0, stop: [String] = []
  ) -> GenerationRequest {
    GenerationRequest(
      input: input(question), maxTokens: maxTokens, temperature: temperature, stop: stop, seed: 5,
      sampleIndex: sample)
  }

  /// The results of a batch in the order of requests.
  /// - Throws: ``ConformanceFailure`` when a request is answered twice or not at all.
  func collect<Value>(
    _ stream: BatchStream<Value>, count: Int
  ) async throws -> [Result<Value, ModelError>] {
    var results: [Result<Value, ModelError>?] = Array(repeating: nil, count: count)
    for try await element in stream {
      try require(
        "an answer's index is one of the batch", results.indices.contains(element.index),
        "\(element.index) in a batch of \(count)")
      try require(
        "a request is answered once", results[element.index] == nil,
        "request \(element.index) of \(count) was answered twice")
      results[element.index] = element.result
    }
    let missing = results.indices.filter { results[$0] == nil }
    try require("every request is answered", missing.isEmpty, "no answer to \(missing)")
    return results.compactMap { $0 }
  }

  func texts(_ requests: [GenerationRequest]) async throws -> [String] {
    try await collect(model.generate(requests), count: requests.count).map { try $0.get().text }
  }

  func require(_ rule: String, _ holds: Bool, _ found: @autoclosure () -> String) throws {
    guard !holds else { return }
    throw ConformanceFailure("\(model.identity.name): \(rule)", found())
  }
}
