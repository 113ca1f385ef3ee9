// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Models that cannot be computed")
struct DecoderMistakeTests {
  @Test("A missing tensor is named")
  func missingTensor() throws {
    var weights = try TinyDecoder.weights()
    weights["blk.1.ffn_down.weight"] = nil
    let error = #expect(throws: TrainingError.self) {
      try DecoderModel(TinyDecoder.configuration, weights: DecoderWeights(weights))
    }
    #expect(error?.kind == .missingTensor)
    #expect(error?.description.contains("blk.1.ffn_down.weight") == true)
  }

  @Test("A tensor of another shape is named, with both shapes")
  func wrongShape() throws {
    var weights = try TinyDecoder.weights()
    weights["blk.0.attn_q.weight"] = try Tensor(filledWith: 0, shape: [8, 7])
    let error = #expect(throws: TrainingError.self) {
      try DecoderModel(TinyDecoder.configuration, weights: DecoderWeights(weights))
    }
    #expect(error?.kind == .wrongShape)
    #expect(error?.description == "Tensor blk.0.attn_q.weight is [8, 7], the model needs [8, 8].")
  }

  @Test("A token outside the vocabulary is refused with its place", arguments: [Int32(11), -1])
  func tokens(token: Int32) throws {
    let model = try TinyDecoder.model()
    let error = #expect(throws: TrainingError.self) {
      try model.logits(after: [[1, 2], [3, token]])
    }
    #expect(error?.kind == .tokenOutOfRange)
    #expect(error?.description.contains("Token \(token) at place 1 of text 1") == true)
  }

  @Test("Texts of different lengths, no texts, and texts beyond the context are refused")
  func lengths() throws {
    let model = try TinyDecoder.model()
    for tokens: [[Int32]] in [[], [[]], [[1], [1, 2]], [[Int32](repeating: 1, count: 33)]] {
      let error = #expect(throws: TrainingError.self) { try model.logits(after: tokens) }
      #expect(error?.kind == .badData)
    }
  }

  @Test("A family that is not computed is named, with those that are")
  func unknownFamily() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "hone-\(UUID().uuidString).gguf")
    defer { try? FileManager.default.removeItem(at: file) }
    var writer = GGUFWriter()
    writer.state("general.architecture", .text("mamba"))
    writer.add("token_embd.weight", shape: [2, 2], values: [1, 2, 3, 4])
    try writer.write(to: file)
    let error = #expect(throws: TrainingError.self) { try DecoderModel(file: file) }
    #expect(error?.kind == .unknownArchitecture)
    #expect(error?.description.contains("“mamba”") == true)
    #expect(error?.description.contains("llama") == true)
  }

  @Test("A rank or layers that cannot be are refused")
  func settings() throws {
    let model = try TinyDecoder.model()
    for settings in [
      LowRankSettings(rank: 0), LowRankSettings(rank: 9), LowRankSettings(rank: 2, alpha: -1),
      LowRankSettings(rank: 2, layers: ["attn_z"]), LowRankSettings(rank: 2, layers: []),
    ] {
      let error = #expect(throws: TrainingError.self) {
        try LowRankAdapter(settings, for: model, seed: 1)
      }
      #expect(error?.kind == .badSettings)
    }
  }
}
