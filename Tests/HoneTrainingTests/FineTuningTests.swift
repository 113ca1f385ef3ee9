// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Fine-tuning")
struct FineTuningTests {
  private let data = TrainingData(
    training: TinyDecoder.sequences(22), validation: TinyDecoder.sequences(4, from: 22))

  private func settings(epochs: Int = 3) -> FineTuningSettings {
    FineTuningSettings(
      lowRank: LowRankSettings(rank: 4, alpha: 16), epochs: epochs, batchSize: 4,
      learningRate: 2e-2, patience: 0, seed: 7)
  }

  private func temporaryFile() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "hone-\(UUID().uuidString).gguf")
  }

  @Test("An adapter that was just drawn changes nothing")
  func freshAdapter() throws {
    let model = try TinyDecoder.model()
    let adapter = try LowRankAdapter(LowRankSettings(rank: 4), for: model, seed: 1)
    let tokens: [[Int32]] = [[1, 2, 3]]
    #expect(
      try model.logits(after: tokens, adapter: adapter).floats()
        == model.logits(after: tokens).floats())
    #expect(adapter.parameters.names.count == 2 * 7 * 2)
  }

  @Test("A pattern is learnt, also on texts that were not trained on")
  func learning() throws {
    let training = try FineTuning(
      TinyDecoder.model(), data: data, settings: settings(epochs: 30))
    var losses: [Double] = []
    let result = try training.run(from: training.beginning(), save: { _ in }) {
      losses.append($0.loss)
    }
    let start = try #require(result.startingLoss)
    let end = try #require(result.progress.bestValidationLoss)
    #expect(start > 2)
    #expect(end < 0.5 * start)
    #expect(losses.last ?? 9 < 0.5 * losses[0])
    #expect(result.progress.step == training.totalSteps)
  }

  @Test("A training that was interrupted goes on to the same prompter", arguments: [1, 7, 12])
  func resuming(step: Int) async throws {
    var settings = settings()
    settings.measureEvery = 4
    let training = try FineTuning(TinyDecoder.model(), data: data, settings: settings)
    let straight = try training.run(from: training.beginning(), save: { _ in }, report: { _ in })

    let interrupted = Task {
      var kept: TrainingState?
      do {
        _ = try training.run(from: training.beginning(), save: { kept = $0 }) { progress in
          if progress.step == step { withUnsafeCurrentTask { $0?.cancel() } }
        }
      } catch is CancellationError {}
      return kept
    }
    let kept = try #require(try await interrupted.value)
    #expect(kept.counters.step == step)
    let file = temporaryFile()
    defer { try? FileManager.default.removeItem(at: file) }
    try kept.write(to: file, settings: settings, model: "tiny")
    let state = try TrainingState(reading: file, settings: settings, model: "tiny")
    let resumed = try training.run(from: state, save: { _ in }, report: { _ in })
    #expect(
      try resumed.adapter.parameters.values.map { try $0.floats() }
        == straight.adapter.parameters.values.map { try $0.floats() })
    #expect(resumed.progress.loss == straight.progress.loss)
    #expect(resumed.progress.bestValidationLoss == straight.progress.bestValidationLoss)
  }

  @Test("Training ends when nothing gets better")
  func earlyStopping() throws {
    var settings = settings(epochs: 50)
    // Far too high a rate: the loss on validation texts cannot stay down.
    settings.learningRate = 3
    settings.patience = 2
    let training = try FineTuning(TinyDecoder.model(), data: data, settings: settings)
    let result = try training.run(from: training.beginning(), save: { _ in }, report: { _ in })
    #expect(result.endedEarly)
    #expect(result.progress.step < training.totalSteps)
    let best = try #require(result.progress.bestValidationLoss)
    let measured = try TinyDecoder.model().meanLoss(
      of: data.validation, batchSize: 4, adapter: result.adapter)
    #expect(abs(measured - best) < 1e-5)
  }

  @Test("Small batches whose gradients are added make the update of a large one")
  func accumulation() throws {
    let model = try TinyDecoder.model()
    var large = settings(epochs: 1)
    large.batchSize = 8
    var small = large
    small.batchSize = 4
    small.accumulation = 2
    // Eight texts of one length: one update either way.
    let texts = TinyDecoder.sequences(33).filter { $0.tokens.count == 6 }.prefix(8)
    let data = TrainingData(training: Array(texts), validation: [])
    let results = try [large, small].map { settings in
      let training = try FineTuning(model, data: data, settings: settings)
      #expect(training.totalSteps == 1)
      return try training.run(from: training.beginning(), save: { _ in }, report: { _ in })
    }
    #expect(abs(results[0].progress.loss - results[1].progress.loss) < 1e-5)
    for (one, other) in zip(
      results[0].adapter.parameters.values, results[1].adapter.parameters.values)
    {
      let difference = try (one - other).mapped(.absolute).reduced(.maximum).number()
      #expect(difference < 1e-4)
    }
  }

  @Test("A loss that is no number ends the training with the settings to change")
  func notFinite() throws {
    var weights = try TinyDecoder.weights()
    weights["output_norm.weight"] = try Tensor(filledWith: .nan, shape: [8])
    let model = try DecoderModel(TinyDecoder.configuration, weights: DecoderWeights(weights))
    let training = try FineTuning(
      model, data: TrainingData(training: data.training, validation: []), settings: settings())
    let error = #expect(throws: TrainingError.self) {
      try training.run(from: training.beginning(), save: { _ in }, report: { _ in })
    }
    #expect(error?.kind == .notFinite)
    #expect(error?.description.contains("update 1") == true)
  }

  @Test("Settings out of their range are all named")
  func badSettings() throws {
    let settings = FineTuningSettings(epochs: 0, batchSize: 0, learningRate: -1)
    let error = #expect(throws: TrainingError.self) { try settings.check() }
    #expect(error?.kind == .badSettings)
    for word in ["epochs", "batch size", "learning rate"] {
      #expect(error?.description.contains(word) == true)
    }
  }

  @Test("A checkpoint that cannot be written leaves the one before as it was")
  func fullDisk() throws {
    let training = try FineTuning(TinyDecoder.model(), data: data, settings: settings())
    let state = try training.beginning()
    let missing = FileManager.default.temporaryDirectory
      .appending(path: "hone-\(UUID().uuidString)/state.gguf")
    let error = #expect(throws: TrainingError.self) {
      try state.write(to: missing, settings: settings(), model: "tiny")
    }
    #expect(error?.kind == .disk)
  }

  @Test("A checkpoint of other settings, another model or damaged bytes is refused")
  func badCheckpoint() throws {
    let training = try FineTuning(TinyDecoder.model(), data: data, settings: settings())
    let file = temporaryFile()
    defer { try? FileManager.default.removeItem(at: file) }
    try training.beginning().write(to: file, settings: settings(), model: "tiny")
    for (settings, model) in [(settings(epochs: 9), "tiny"), (settings(), "other")] {
      let error = #expect(throws: TrainingError.self) {
        try TrainingState(reading: file, settings: settings, model: model)
      }
      #expect(error?.kind == .badCheckpoint)
    }
    let bytes = try Data(contentsOf: file)
    try bytes.prefix(bytes.count / 2).write(to: file)
    let error = #expect(throws: TrainingError.self) {
      try TrainingState(reading: file, settings: settings(), model: "tiny")
    }
    #expect(error?.kind == .badCheckpoint)
  }
}
