// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore
import HoneLlama
import HoneMLX
import Testing

@testable import HoneTraining

/// Runs only where the default model is at hand.
@Suite(
  "The default model", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["HONE_TEST_MODEL"] != nil))
struct EmbeddedModelTests {
  private let file = URL(
    filePath: ProcessInfo.processInfo.environment["HONE_TEST_MODEL"].map {
      NSString(string: $0).expandingTildeInPath
    } ?? "")

  private func temporaryFile() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "hone-\(UUID().uuidString).gguf")
  }

  /// llama.cpp's logits after every token, in 32 bits throughout.
  private func reference(_ tokens: [Int32], file: URL) throws -> [Float] {
    var parameters = llama_model_default_params()
    parameters.n_gpu_layers = 0
    let model = try #require(llama_model_load_from_file(file.path, parameters))
    defer { llama_model_free(model) }
    var settings = llama_context_default_params()
    settings.n_ctx = 128
    settings.n_threads_batch = 2
    settings.type_k = GGML_TYPE_F32
    settings.type_v = GGML_TYPE_F32
    settings.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED
    let context = try #require(llama_init_from_model(model, settings))
    defer { llama_free(context) }
    var batch = llama_batch_init(Int32(tokens.count), 0, 1)
    defer { llama_batch_free(batch) }
    for (place, token) in tokens.enumerated() {
      batch.token[place] = token
      batch.pos[place] = Int32(place)
      batch.n_seq_id[place] = 1
      batch.seq_id[place]?[0] = 0
      batch.logits[place] = 1
    }
    batch.n_tokens = Int32(tokens.count)
    #expect(llama_decode(context, batch) == 0)
    let size = Int(llama_vocab_n_tokens(llama_model_get_vocab(model)))
    return try tokens.indices.flatMap { place in
      let row = try #require(llama_get_logits_ith(context, Int32(place)))
      return Array(UnsafeBufferPointer(start: row, count: size))
    }
  }

  @Test("Logits equal llama.cpp's on the same weights in 32 bits")
  func logits() throws {
    let vocabulary = try ModelVocabulary(file: file)
    let tokens = try vocabulary.tokens(
      of: PrompterChat().input(for: "How do plants turn light into sugar?"))
    let wide = temporaryFile()
    defer { try? FileManager.default.removeItem(at: wide) }
    var parameters = llama_model_quantize_default_params()
    parameters.ftype = LLAMA_FTYPE_ALL_F32
    parameters.allow_requantize = true
    #expect(llama_model_quantize(file.path, wide.path, &parameters) == 0)
    let wanted = try reference(tokens, file: wide)
    let got = try DecoderModel(file: file).logits(after: [tokens]).floats()
    #expect(got.count == wanted.count)
    let worst = zip(got, wanted).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
    #expect(worst < 1e-3, "the largest difference is \(worst)")
  }

  @Test("A trained adapter, written for llama.cpp, makes the engine write what was trained")
  func rewriting() async throws {
    let model = try DecoderModel(file: file)
    let vocabulary = try ModelVocabulary(file: file)
    // A short instruction, as every token costs a part of the test's time.
    let chat = PrompterChat(instruction: "Rewrite:")
    let pair = PromptPair(
      prompt: "tell me about rain", rewrite: "Explain in three steps how rain forms.")
    let data = TrainingData(
      training: [try chat.sequence(of: pair, in: vocabulary)], validation: [])
    let training = try FineTuning(
      model, data: data,
      settings: FineTuningSettings(
        lowRank: LowRankSettings(rank: 8, alpha: 32, layers: ["attn_q", "attn_v", "ffn_down"]),
        epochs: 6, learningRate: 3e-3, warmUpShare: 0, decay: .linear))
    let result = try training.run(from: training.beginning(), save: { _ in }, report: { _ in })
    #expect(result.progress.loss < 0.2)

    let adapter = temporaryFile()
    defer { try? FileManager.default.removeItem(at: adapter) }
    try result.adapter.write(to: adapter, architecture: model.configuration.architecture)
    let read = try LowRankAdapter(reading: adapter, for: model)
    #expect(
      try read.parameters.values[0].floats() == result.adapter.parameters.values[0].floats())
    let engine = try LlamaModel(file: file, name: "prompter", adapter: adapter)
    let request = GenerationRequest(input: chat.input(for: pair.prompt), maxTokens: 24)
    var text = ""
    for try await element in engine.generate([request]) { text = try element.result.get().text }
    #expect(text == pair.rewrite)
  }

  @Test("What alignment learns from is as likely as the engine held it when it drew it")
  func likelihoods() async throws {
    let model = try DecoderModel(file: file)
    let chat = PrompterChat(instruction: "Rewrite:")
    let engine = try LlamaModel(file: file, name: "prompter")
    let prompts = ["tell me about rain", "capital of Peru"]
    let requests = prompts.map {
      GenerationRequest(
        input: chat.input(for: $0), maxTokens: 8, temperature: 1.5, seed: 3, scoresTokens: true,
        topP: 0.6, topK: 20)
    }
    var drawn = [Generation?](repeating: nil, count: requests.count)
    for try await element in engine.generate(requests) {
      drawn[element.index] = try element.result.get()
    }
    let settings = AlignmentSettings(method: .ppo)
    let start = try LowRankAdapter(
      LowRankSettings(rank: 1, layers: ["attn_q"]), for: model, seed: 0)
    let policy = AlignmentPolicy(
      model: model, reference: start, settings: settings,
      state: try AlignmentState(from: start, model: model, settings: settings))
    let vocabulary = try ModelVocabulary(file: file)
    var rollouts = try zip(prompts, drawn).enumerated().map { index, entry in
      Rollout(
        prompt: index,
        sequence: try chat.sequence(of: entry.0, drawn: #require(entry.1), in: vocabulary),
        reward: 0)
    }
    try policy.annotate(&rollouts)
    for (rollout, generation) in zip(rollouts, drawn) {
      let told = try #require(generation?.tokens).map(\.logProbability)
      #expect(rollout.reference == rollout.then)
      // A rewrite that ended has its end too, one that was cut has none.
      let ends = generation?.finish == .length ? 0 : 1
      #expect(told.count + ends == rollout.then.count)
      // The engine rounds to whole numbers what is multiplied here in 32 bits.
      for (one, other) in zip(told, rollout.then) {
        #expect(abs(one - Double(other)) < 0.75, "\(told), \(rollout.then)")
      }
    }
  }

  @Test("A prompter with a fresh adapter for a target writes what it wrote without one")
  func freshTargetAdapter() async throws {
    let model = try DecoderModel(file: file)
    let merged = temporaryFile()
    defer { try? FileManager.default.removeItem(at: merged) }
    let bias = try TargetAdapter(for: model).writeModel(merging: file, to: merged)
    #expect(bias.allSatisfy { $0 == 0 })
    let request = GenerationRequest(
      input: PrompterChat().input(for: "tell me about rain"), maxTokens: 16)
    func text(_ engine: LlamaModel) async throws -> String {
      for try await element in engine.generate([request]) {
        return try element.result.get().text
      }
      return ""
    }
    let plain = try await text(LlamaModel(file: file, name: "plain"))
    #expect(!plain.isEmpty)
    #expect(
      try await text(LlamaModel(file: merged, name: "merged", logitBias: bias)) == plain)
    // A bias decides: the token that ends the turn comes first when nothing can outweigh it.
    let vocabulary = try ModelVocabulary(file: file)
    var ending = bias
    ending[Int(vocabulary.endToken)] = 1000
    #expect(try await text(LlamaModel(file: merged, name: "ended", logitBias: ending)) == "")
  }
}
