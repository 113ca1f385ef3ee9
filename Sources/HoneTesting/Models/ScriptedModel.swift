// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// A model whose answers are closures, for tests without a model file.
///
/// ```swift
/// let model = ScriptedModel { request in request.promptText.contains("review") ? "yes" : "no" }
/// ```
///
/// It counts and keeps what it was asked. Requests are answered in order, each after the task had a
/// chance to be cancelled.
public final class ScriptedModel: LikelihoodModel, EmbeddingModel, Sendable {
  /// Writes the answer of a request, or throws why there is none.
  public typealias Writer = @Sendable (GenerationRequest) throws(ModelError) -> String
  /// The log-probability of a continuation after an input.
  public typealias Scorer = @Sendable (ModelInput, String) throws(ModelError) -> Double
  /// The vector of a text, of any length; it is normalised.
  public typealias Embedder = @Sendable (String) throws(ModelError) -> [Float]

  /// What the model says it is.
  public let identity: ModelIdentity
  private let writer: Writer
  private let scorer: Scorer
  private let embedder: Embedder
  private let dollarsPerToken: Double
  private let beforeCall: @Sendable (Int) -> Void
  private let log = Mutex(Log())

  /// Creates a model; `beforeCall` is told the number of each call, from 1, before it is answered.
  ///
  /// Without a scorer a continuation is the likelier the more of its characters the input holds;
  /// without an embedder a text's vector counts its letters.
  public init(
    name: String = "scripted", digest: String = "scripted-1",
    dollarsPerToken: Double = 0, beforeCall: @escaping @Sendable (Int) -> Void = { _ in },
    scorer: @escaping Scorer = ScriptedModel.characterOverlap,
    embedder: @escaping Embedder = ScriptedModel.letterCounts,
    writer: @escaping Writer
  ) {
    identity = ModelIdentity(name: name, digest: digest)
    self.writer = writer
    self.scorer = scorer
    self.embedder = embedder
    self.beforeCall = beforeCall
    self.dollarsPerToken = dollarsPerToken
  }

  /// The calls of all kinds so far.
  public var calls: Int { log.withLock { $0.calls } }
  /// The requests for text so far, in order.
  public var generationRequests: [GenerationRequest] { log.withLock { $0.generation } }
  /// The requests for likelihoods so far, in order.
  public var likelihoodRequests: [LikelihoodRequest] { log.withLock { $0.likelihood } }
  /// The batches so far, by their sizes, in order.
  public var batches: [Int] { log.withLock { $0.batches } }

  /// Answers each request by the writer.
  public func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    stream(requests, keep: { $0.generation.append($1) }) {
      [writer, dollarsPerToken] request throws(ModelError) in
      let text = try writer(request)
      let (prompt, completion) = (words(request.input.scriptedText), words(text))
      return Generation(
        text: text, finish: .endOfTurn,
        usage: Usage(
          promptTokens: prompt, completionTokens: completion,
          dollars: Double(prompt + completion) * dollarsPerToken))
    }
  }

  /// Scores each continuation by the scorer.
  public func likelihoods(_ requests: [LikelihoodRequest]) -> BatchStream<Likelihoods> {
    stream(requests, keep: { $0.likelihood.append($1) }) { [scorer] request throws(ModelError) in
      var entries: [ContinuationLikelihood] = []
      for continuation in request.continuations {
        entries.append(
          ContinuationLikelihood(
            logProbability: try scorer(request.input, continuation),
            tokenCount: max(1, words(continuation))))
      }
      return Likelihoods(
        continuations: entries, usage: Usage(promptTokens: words(request.input.scriptedText)))
    }
  }

  /// Embeds each text by the embedder.
  public func embed(_ texts: [String]) -> BatchStream<Embedding> {
    stream(texts, keep: { _, _ in }) { [embedder] text throws(ModelError) in
      let values = try embedder(text)
      let norm = values.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
      return Embedding(
        values: norm > 0 ? values.map { $0 / norm } : values,
        usage: Usage(promptTokens: words(text)))
    }
  }

  private func stream<Request: Sendable, Response: Sendable>(
    _ requests: [Request], keep: @escaping @Sendable (inout Log, Request) -> Void,
    answer: @escaping @Sendable (Request) throws(ModelError) -> Response
  ) -> BatchStream<Response> {
    log.withLock { $0.batches.append(requests.count) }
    let next = Mutex(0)
    return AsyncThrowingStream { () async throws -> BatchElement<Response>? in
      await Task.yield()
      try Task.checkCancellation()
      let index = next.withLock { value in
        defer { value += 1 }
        return value
      }
      guard index < requests.count else { return nil }
      let number = self.log.withLock { log in
        log.calls += 1
        keep(&log, requests[index])
        return log.calls
      }
      self.beforeCall(number)
      do throws(ModelError) {
        return BatchElement(index: index, result: .success(try answer(requests[index])))
      } catch {
        return BatchElement(index: index, result: .failure(error))
      }
    }
  }

  private struct Log {
    var calls = 0
    var generation: [GenerationRequest] = []
    var likelihood: [LikelihoodRequest] = []
    var batches: [Int] = []
  }
}

private func words(_ text: String) -> Int {
  text.split(whereSeparator: \.isWhitespace).count
}
