// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

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
  public func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    .gathering { continuation in
      try await withThrowingDiscardingTaskGroup { group in
        for (index, request) in requests.enumerated() {
          group.addTask {
            let result = try await self.answer(request)
            continuation.yield(BatchElement(index: index, result: result))
          }
        }
      }
    }
  }

  private func answer(_ request: GenerationRequest) async throws -> Result<Generation, ModelError> {
    let call: WireCall
    do throws(ModelError) {
      try capabilities.check(request.input, model: identity.name)
      call = try courier.dialect.call(request, model: model, capabilities: capabilities)
    } catch {
      return .failure(error)
    }
    // About one token for four bytes of text.
    let read = request.input.byteCount / 4 + 1
    let dialect = courier.dialect
    return try await courier.bring(call, tokens: read + request.maxTokens) {
      (body) throws(UnreadableReply) in try dialect.generation(body)
    }.map { answer in
      var answer = answer.stopped(at: request.stop)
      // Services that do not count are counted for, so that budgets hold.
      if answer.usage.promptTokens == 0, answer.finish != .refused, answer.finish != .filtered {
        answer.usage.promptTokens = read
        answer.usage.completionTokens = answer.text.utf8.count / 4 + 1
      }
      return answer
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
