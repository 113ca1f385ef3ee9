// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// A model behind a server that tells how likely given texts are.
///
/// llama-server is asked for one token after the other, see `SteppedLikelihoods`; all others are asked
/// to echo the text with its log-probabilities, see `EchoedLikelihoods`. Which one it is the server
/// says itself, when the first likelihood is asked for. A server that can do neither is
/// `unusableModel`, which ends a run so that it can be resumed with another.
public final class RemoteLikelihoodModel: LikelihoodModel, Sendable {
  /// The model as one that writes.
  public let writer: RemoteModel
  private let kind = Mutex<ServerKind?>(nil)

  init(_ writer: RemoteModel) {
    self.writer = writer
  }

  /// What the model is, as for texts.
  public var identity: ModelIdentity { writer.identity }

  /// Answers a batch as the model does that writes.
  public func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    writer.generate(requests)
  }

  /// Scores the continuations of each input, costing at least one request for each continuation.
  public func likelihoods(_ requests: [LikelihoodRequest]) -> BatchStream<Likelihoods> {
    .gathering { continuation in
      guard !requests.isEmpty else { return }
      let way: any LikelihoodWay
      do {
        way = try await self.way()
      } catch let error as ModelError {
        for index in requests.indices {
          continuation.yield(BatchElement(index: index, result: .failure(error)))
        }
        return
      }
      try await withThrowingDiscardingTaskGroup { group in
        for (index, request) in requests.enumerated() {
          group.addTask {
            let result: Result<Likelihoods, ModelError>
            do {
              try Self.check(request.input)
              result = .success(try await way.likelihoods(request))
            } catch let error as ModelError {
              result = .failure(error)
            }
            continuation.yield(BatchElement(index: index, result: result))
          }
        }
      }
    }
  }

  private static func check(_ input: ModelInput) throws(ModelError) {
    guard input.imageCount > 0 else { return }
    throw ModelError(
      .unsupported, "likelihoods are told after text alone, and this input has images")
  }

  private func way() async throws -> any LikelihoodWay {
    let server = CompletionServer(model: writer.model, courier: writer.courier)
    let known = kind.withLock(\.self)
    let found: ServerKind
    if let known { found = known } else { found = try await server.kind() }
    kind.withLock { $0 = found }
    switch found {
    case .llama: return SteppedLikelihoods(server: server)
    case .other: return EchoedLikelihoods(server: server)
    }
  }
}

extension RemoteModel {
  /// The model as one that also tells likelihoods; nil where its service completes no texts.
  public var withLikelihoods: RemoteLikelihoodModel? {
    courier.dialect.completesTexts ? RemoteLikelihoodModel(self) : nil
  }
}

/// A way to the likelihoods of a request.
protocol LikelihoodWay: Sendable {
  /// - Throws: `ModelError`, or `CancellationError`.
  func likelihoods(_ request: LikelihoodRequest) async throws -> Likelihoods
}
