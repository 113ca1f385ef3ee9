// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Adapters for targets")
struct TargetAdapterTests {
  private let sequences = TinyDecoder.sequences(22)
  private let aside = TinyDecoder.sequences(6, from: 22)

  private func stage1(_ model: DecoderModel) throws -> LowRankAdapter {
    let shapes = [
      "blk.0.attn_q.weight.lora_a": [2, 8], "blk.0.attn_q.weight.lora_b": [8, 2],
    ]
    return LowRankAdapter(
      scale: 2, parameters: ParameterTree(try TinyDecoder.tensors(shapes)))
  }

  @Test("At the beginning the logits are those of stage 1, bit for bit")
  func identity() throws {
    let model = try TinyDecoder.model()
    let adapter = try stage1(model)
    let kept = try KeptStates(of: sequences, model: model, adapter: adapter)
    let fresh = try TargetAdapter(for: model)
    #expect(
      try fresh.logits(of: kept.states).floats() == model.logits(of: kept.states).floats())
    #expect(kept.targets.count == sequences.reduce(0) { $0 + $1.targetCount })
  }

  @Test("The loss on kept states is that of the whole model")
  func sameLoss() throws {
    let model = try TinyDecoder.model()
    let adapter = try stage1(model)
    let kept = try KeptStates(of: sequences, model: model, adapter: adapter)
    let training = try TargetTraining(
      training: kept, validation: nil, settings: TargetTraining.Settings(epochs: 1))
    let result = try training.run(from: TargetAdapter(for: model))
    let whole = try model.meanLoss(of: sequences, batchSize: 4, adapter: adapter)
    #expect(abs(result.startingLoss - whole) < 1e-5)
  }

  @Test("Training lowers the loss on texts set aside, and the best epoch is kept")
  func learning() throws {
    let model = try TinyDecoder.model()
    let adapter = try stage1(model)
    let kept = try KeptStates(of: sequences, model: model, adapter: adapter)
    let measured = try KeptStates(of: aside, model: model, adapter: adapter)
    let training = try TargetTraining(
      training: kept, validation: measured,
      settings: TargetTraining.Settings(epochs: 40, rows: 16, learningRate: 2e-2, patience: 0))
    var losses: [Double] = []
    let result = try training.run(from: TargetAdapter(for: model)) { _, _, loss in
      losses.append(loss)
    }
    #expect(result.bestLoss < 0.6 * result.startingLoss)
    #expect(result.bestLoss == losses.min())
    let again = try training.run(from: TargetAdapter(for: model))
    #expect(again.bestLoss == result.bestLoss)
  }

  @Test("Layer and head merged into one head and a bias give the same logits")
  func merging() throws {
    let model = try TinyDecoder.model()
    let shapes = ["layer.weight": [8, 8], "layer.bias": [8], "head.weight": [11, 8]]
    let adapter = try TargetAdapter(
      parameters: ParameterTree(try TinyDecoder.tensors(shapes)))
    let kept = try KeptStates(of: sequences, model: model, adapter: nil)
    let (head, bias) = try adapter.merged()
    let merged =
      try kept.states.product(with: head.transposed()) + Tensor(bias, shape: [bias.count])
    let difference = try (merged - adapter.logits(of: kept.states)).mapped(.absolute)
      .reduced(.maximum).number()
    #expect(difference < 1e-5)
  }

  @Test("An adapter that is kept is read again, its head in half precision")
  func file() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "hone-\(UUID().uuidString).gguf")
    defer { try? FileManager.default.removeItem(at: file) }
    let adapter = try TargetAdapter(for: TinyDecoder.model())
    try adapter.write(to: file, prompter: "p", target: "t")
    let read = try TargetAdapter(reading: file)
    for name in adapter.parameters.names {
      let pair = [adapter, read].map { $0.parameters[name] }
      let (one, other) = (try #require(pair[0]), try #require(pair[1]))
      let difference = try (one - other).mapped(.absolute).reduced(.maximum).number()
      #expect(difference <= (name == TargetAdapter.headName ? 2e-4 : 0))
    }
  }

  @Test("Tensors that do not go together are refused")
  func wrongShapes() throws {
    let shapes = ["layer.weight": [8, 7], "layer.bias": [8], "head.weight": [11, 8]]
    let error = #expect(throws: TrainingError.self) {
      try TargetAdapter(parameters: ParameterTree(try TinyDecoder.tensors(shapes)))
    }
    #expect(error?.kind == .wrongShape)
  }
}
