// SPDX-License-Identifier: Apache-2.0

/// A model that answers batches of requests.
///
/// An implementer answers every request of a batch exactly once, in any order, as soon as each is
/// done. A request that cannot be answered fails alone, as a ``ModelError`` in its element; the
/// stream itself throws only when the whole model is unusable. Cancelling the consuming task stops
/// the work. Run `LanguageModelConformance` of HoneTesting against a new implementation.
public protocol LanguageModel: Sendable {
  /// What the model is, by content: equal identities give equal greedy answers.
  var identity: ModelIdentity { get }

  /// Answers a batch; each element carries the index of its request.
  func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation>
}

/// A model that tells how likely given continuations are.
public protocol LikelihoodModel: LanguageModel {
  /// Scores the continuations of each input; one ``Likelihoods`` a request.
  func likelihoods(_ requests: [LikelihoodRequest]) -> BatchStream<Likelihoods>
}

/// A model that turns texts into vectors.
public protocol EmbeddingModel: Sendable {
  /// What the model is, by content.
  var identity: ModelIdentity { get }

  /// Embeds texts; each vector has length 1 in the Euclidean norm.
  func embed(_ texts: [String]) -> BatchStream<Embedding>
}

/// Results of a batch as they finish, in any order.
public typealias BatchStream<Value: Sendable> = AsyncThrowingStream<BatchElement<Value>, any Error>

/// The result of one request of a batch.
public struct BatchElement<Value: Sendable>: Sendable {
  /// The index of the request in its batch.
  public var index: Int
  /// The response, or why there is none.
  public var result: Result<Value, ModelError>

  /// Creates an element.
  public init(index: Int, result: Result<Value, ModelError>) {
    self.index = index
    self.result = result
  }

  /// Why there is no response, or nil when there is one.
  public var error: ModelError? {
    if case .failure(let error) = result { error } else { nil }
  }
}

/// What a model is: its name for people and a digest of its content and settings for caches.
public struct ModelIdentity: Sendable, Hashable, Codable {
  /// The name for people, such as `smollm2-135m-instruct`.
  public var name: String
  /// A digest that changes whenever the same request might get another answer.
  public var digest: String

  /// Creates an identity.
  public init(name: String, digest: String) {
    self.name = name
    self.digest = digest
  }
}

/// A text's vector, of length 1 in the Euclidean norm.
public struct Embedding: Sendable, Hashable, Codable {
  /// The components, `[dimensions]`.
  public var values: [Float]
  /// The tokens it took.
  public var usage: Usage

  /// Creates a vector.
  public init(values: [Float], usage: Usage) {
    self.values = values
    self.usage = usage
  }

  /// The cosine of the angle to another vector of the same model, in -1…1; 0 for other dimensions.
  public func cosine(to other: Embedding) -> Double {
    guard values.count == other.values.count else { return 0 }
    return zip(values, other.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
