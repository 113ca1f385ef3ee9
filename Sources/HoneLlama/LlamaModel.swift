// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore

/// A model in a GGUF file, run in this process by llama.cpp.
///
/// Batches of all callers are laid out in one prefix tree, so a beginning that several requests
/// share is computed once, and their branches decode together. Greedy decoding is deterministic.
/// Requests fail one by one with a ``ModelError``: `tooLong` when one does not fit into the context,
/// `outOfMemory` when it does not fit into the KV memory. A batch stops within one decode step after
/// its consumer is cancelled or drops the stream.
///
/// Texts are taken as they are; in chats the model's template adds its control tokens, and a chat
/// with a base model is written as paragraphs. A response that reaches the end of the context ends
/// with `length`.
public final class LlamaModel: LikelihoodModel, EmbeddingModel, Sendable {
  /// The model's name, and a digest of its file's content and of the settings that change answers.
  public let identity: ModelIdentity
  private let mailbox: Mailbox

  /// Loads a model.
  ///
  /// Blocks while the file is read.
  ///
  /// - Parameters:
  ///   - file: The GGUF file.
  ///   - name: The name for people.
  ///   - adapter: A GGUF file of low-rank changes (LoRA) to the model's weights, or nil.
  ///   - logitBias: A number to add to the logit of each token of the vocabulary, or nil.
  ///   - options: How much of the machine to use.
  /// - Throws: `unusableModel` for a file that is missing, corrupt or of a kind that llama.cpp does
  ///   not run, and `outOfMemory` when the KV memory cannot be had.
  public init(
    file: URL, name: String, adapter: URL? = nil, logitBias: [Float]? = nil,
    options: LlamaOptions = LlamaOptions()
  ) throws(ModelError) {
    let options = options.clamped
    let header = try GGUFHeader(file: file)
    let adapterHeader = try adapter.map { (file) throws(ModelError) in try GGUFHeader(file: file) }
    let weights = try Weights(file: file, adapter: adapter)
    var digest = try ContentDigest(file: file, header: header).hex(with: options)
    if let adapter, let adapterHeader {
      digest += "+" + (try ContentDigest(file: adapter, header: adapterHeader).hex(with: options))
    }
    if let logitBias {
      guard logitBias.count == weights.vocabularySize else {
        throw ModelError(
          .unusableModel,
          "A bias for \(logitBias.count) tokens was given, the vocabulary has"
            + " \(weights.vocabularySize).")
      }
      digest += "+" + String(StableHash.of(logitBias.map { "\($0)" }.joined()), radix: 16)
    }
    identity = ModelIdentity(name: name, digest: digest)
    let mailbox = Mailbox()
    self.mailbox = mailbox
    let template = ChatTemplate(weights: weights)
    let thread = Thread {
      do throws(ModelError) {
        let loop = try EngineLoop(
          weights: weights, template: template, options: options, logitBias: logitBias,
          mailbox: mailbox)
        mailbox.report(.success(()))
        loop.run()
      } catch {
        mailbox.report(.failure(error))
      }
    }
    thread.name = "hone-llama"
    thread.stackSize = 8 << 20
    thread.start()
    try mailbox.waitForOpening().get()
  }

  deinit {
    mailbox.close()
  }

  /// Answers a batch; one decode step computes the tokens of many requests.
  public func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    stream { .generate(requests, $0) }
  }

  /// Scores continuations; labels of one token cost no more than reading the input.
  public func likelihoods(_ requests: [LikelihoodRequest]) -> BatchStream<Likelihoods> {
    stream { .likelihoods(requests, $0) }
  }

  /// Embeds texts: the mean of the last hidden states, of length 1.
  public func embed(_ texts: [String]) -> BatchStream<Embedding> {
    stream { .embed(texts, $0) }
  }

  private func stream<Value>(
    _ work: (BatchStream<Value>.Continuation) -> Job.Work
  ) -> BatchStream<Value> {
    BatchStream<Value> { continuation in
      let id = mailbox.post(work(continuation))
      continuation.onTermination = { [mailbox, self] _ in
        mailbox.cancel(id)
        // The model stays open as long as a stream is read.
        withExtendedLifetime(self) {}
      }
    }
  }
}
