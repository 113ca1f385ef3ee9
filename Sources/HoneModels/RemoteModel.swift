// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Synchronization

/// A model behind an API.
///
/// Sends as many requests at once as its service allows, and the same request again after faults of
/// the kind that passes. A request that fails for good fails alone: `unavailable` after the last
/// try, `tooLong`, `unsupported`, `engine` for one the service does not take. A refused key, a used
/// up quota and a missing model are `unusableModel`, which ends a run so that it can be resumed.
/// Greedy answers are as repeatable as the service makes them. Decoding does not end early where the
/// answer is decided.
public final class RemoteModel: LanguageModel, Sendable {
  /// The model's name as it was given, and a digest of its service, address and name.
  public let identity: ModelIdentity
  /// What users should know of how the model is asked, each a sentence.
  public let notices: [String]
  /// Whether it keeps to a JSON Schema; where not, the schema is left out.
  public let takesSchema: Bool
  /// What the model takes of a request, in words.
  public var takes: String { capabilities.words }
  let model: String
  let courier: Courier
  private let capabilities: ModelCapabilities
  /// Whether the service was found to draw one sample a request.
  private let drawsOne = Atomic(false)

  init(
    identity: ModelIdentity, model: String, capabilities: ModelCapabilities, courier: Courier
  ) {
    self.identity = identity
    self.model = model
    self.capabilities = capabilities
    self.courier = courier
    notices = capabilities.notices(of: identity.name)
    takesSchema = capabilities.takesSchema
  }

  /// Answers a batch; answers come in the order the service gives them.
  ///
  /// Samples of one request are asked for together where the service draws several at once.
  public func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    .gathering { continuation in
      let line = SampleLine(SampleGroup.groups(of: requests, atOnce: self.samplesAtOnce))
      try await withThrowingDiscardingTaskGroup { tasks in
        for _ in 0..<min(line.count, self.workers) {
          tasks.addTask {
            while let group = line.next() {
              for (index, result) in try await self.answers(to: group) {
                continuation.yield(BatchElement(index: index, result: result))
              }
            }
          }
        }
      }
    }
  }

  /// How many requests are worked on at a time: enough that those which wait before another try leave
  /// no place in flight unused, and so few that a large batch takes little memory.
  private var workers: Int { 8 * courier.service.limiter.most }

  private var samplesAtOnce: Int {
    drawsOne.load(ordering: .relaxed) ? 1 : capabilities.samplesAtOnce
  }

  /// The answers to a group, with the indices of the batch.
  private func answers(
    to group: SampleGroup
  ) async throws -> [(Int, Result<Generation, ModelError>)] {
    var answered: [Generation] = []
    switch try await samples(of: group.request, count: group.indices.count) {
    case .success(let samples):
      answered = samples.separate
      if answered.count == 1, let only = answered.first, only.finish == .filtered {
        // What a filter stops is stopped for every sample.
        let again = Generation(text: only.text, finish: .filtered, usage: Usage())
        answered += Array(repeating: again, count: group.indices.count - 1)
      }
    case .failure(let error):
      guard group.indices.count > 1, error.kind == .engine else {
        return group.indices.map { ($0, .failure(error)) }
      }
      // The number of samples may be what the service does not take: one alone tells.
      let single = try await samples(of: group.request, count: 1)
      guard case .success(let samples) = single else {
        return group.indices.map { ($0, single.map { $0.separate[0] }) }
      }
      drawsOne.store(true, ordering: .relaxed)
      answered = samples.separate
    }
    var results = zip(group.indices, answered).map { ($0, Result<_, ModelError>.success($1)) }
    for (place, index) in group.indices.enumerated().dropFirst(answered.count) {
      var request = group.request
      request.sampleIndex = group.sampleIndices[place]
      let result = try await samples(of: request, count: 1)
      results.append((index, result.map { $0.separate[0] }))
    }
    return results
  }

  private func samples(
    of request: GenerationRequest, count: Int
  ) async throws -> Result<Samples, ModelError> {
    let call: WireCall
    do throws(ModelError) {
      try capabilities.check(request.input, model: identity.name)
      call = try courier.dialect.call(
        request, samples: count, model: model, capabilities: capabilities)
    } catch {
      return .failure(error)
    }
    // About one token for four bytes of text.
    let read = request.input.byteCount / 4 + 1
    let dialect = courier.dialect
    return try await courier.bring(call, tokens: read + count * request.maxTokens) {
      (body) throws(UnreadableReply) in try dialect.samples(body)
    }.map { samples in
      var samples = samples
      samples.generations = samples.generations.prefix(count).map { $0.stopped(at: request.stop) }
      // Services that do not count are counted for, so that budgets hold.
      let isAnswer = samples.generations.contains {
        $0.finish != .refused && $0.finish != .filtered
      }
      if samples.usage.promptTokens == 0, isAnswer {
        samples.usage = Usage(
          promptTokens: read,
          completionTokens: samples.generations.reduce(0) { $0 + $1.text.utf8.count / 4 + 1 })
      }
      return samples
    }
  }
}

extension ModelInput {
  /// The bytes of its texts.
  var byteCount: Int {
    switch self {
    case .chat(let messages):
      messages.reduce(imageCount * ImagePart.reckonedTokens * 4) { $0 + $1.content.utf8.count }
    case .text(let text): text.utf8.count
    }
  }
}
