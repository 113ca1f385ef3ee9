// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Reward models")
struct RewardModelTests {
  /// Texts of random tokens, and preferences between them by a linear function of their last states.
  private func rows(
    _ count: Int, of model: DecoderModel, seed: UInt64
  ) throws -> [RewardTraining.Row] {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<(2 * count)).map { _ in
      TokenSequence(
        tokens: (0..<(3 + generator.nextIndex(below: 5))).map { _ in
          Int32(generator.nextIndex(below: 11))
        }, promptCount: 1)
    }
    let wanted = try Tensor([1, -2, 0.5, 0, 1.5, -1, 0.3, 2], shape: [8, 1])
    let states = try RewardModel.states(of: texts, model: model, adapter: nil, batchSize: 8)
    let values = try states.product(with: wanted).floats()
    return (0..<count).map { index in
      let (first, second) = (2 * index, 2 * index + 1)
      let isFirst = values[first] > values[second]
      return RewardTraining.Row(
        chosen: texts[isFirst ? first : second], rejected: texts[isFirst ? second : first])
    }
  }

  private func accuracy(_ model: RewardModel, _ rows: [RewardTraining.Row]) throws -> Double {
    let chosen = try model.rewards(of: rows.map(\.chosen))
    let rejected = try model.rewards(of: rows.map(\.rejected))
    return Double(zip(chosen, rejected).count { $0 > $1 }) / Double(rows.count)
  }

  @Test("A linear preference is recovered, and told on texts not seen")
  func recovers() throws {
    let model = try TinyDecoder.model()
    let settings = RewardTraining.Settings(pull: 0.001)
    let trained = try RewardTraining(model, settings: settings)
      .run(on: rows(150, of: model, seed: 1))
    let unseen = try rows(200, of: model, seed: 2)
    #expect(try accuracy(trained, unseen) > 0.9)
    let untrained = try RewardModel(
      model: model, adapter: nil, head: Tensor([1, 0, 0, 0, 0, 0, 0, 0], shape: [1, 8]))
    #expect(try accuracy(untrained, unseen) < 0.85)
  }

  @Test("Rewards of the texts learnt from lie around 0 with a deviation of 1")
  func scale() throws {
    let model = try TinyDecoder.model()
    let data = try rows(60, of: model, seed: 3)
    let trained = try RewardTraining(model, settings: .init()).run(on: data)
    let rewards = try trained.rewards(of: data.flatMap { [$0.chosen, $0.rejected] })
    let mean = rewards.reduce(0, +) / Double(rewards.count)
    let square = rewards.reduce(0) { $0 + $1 * $1 } / Double(rewards.count)
    #expect(abs(mean) < 1e-3 && abs(square - 1) < 1e-2)
  }

  @Test("Changes of the model lower the loss that a head alone leaves")
  func changes() throws {
    let model = try TinyDecoder.model()
    // Which of two texts has token 7 in the middle is hardly told from the last state.
    var generator = SeededGenerator(seed: 4)
    let data = (0..<24).map { _ in
      let ends = (0..<4).map { _ in Int32(generator.nextIndex(below: 6)) }
      func text(_ middle: Int32) -> TokenSequence {
        TokenSequence(tokens: [ends[0], ends[1], middle, ends[2], ends[3]], promptCount: 1)
      }
      return RewardTraining.Row(chosen: text(7), rejected: text(8))
    }
    let settings = RewardTraining.Settings(rank: 4, epochs: 4, batchSize: 6, learningRate: 5e-3)
    var told: [String] = []
    let trained = try RewardTraining(model, settings: settings).run(
      on: data, report: { told.append($0) })
    #expect(trained.adapter != nil)
    let losses = told.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    try #require(losses.count == 4)
    #expect(losses[3] < losses[0])
  }

  @Test("A reward model comes back from the disk as it was")
  func file() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: directory) }
    let model = try TinyDecoder.model()
    let data = try rows(12, of: model, seed: 5)
    let settings = RewardTraining.Settings(rank: 2, epochs: 1)
    let trained = try RewardTraining(model, settings: settings).run(on: data)
    let folder = try RewardModelFolder("polite", in: directory)
    let record = RewardModelRecord(
      model: "tiny", settings: settings, trainingCount: 12, heldOutCount: 10, heldOutRight: 9)
    try folder.keep(trained, record: record)
    #expect(RewardModelFolder.names(in: directory) == ["polite"])
    #expect(try folder.record() == record)
    let read = try folder.rewardModel(over: model)
    let texts = data.map(\.chosen)
    #expect(try read.rewards(of: texts) == trained.rewards(of: texts))
    let accuracy = record.accuracy
    #expect(accuracy.mean == 0.9 && accuracy.lower > 0.5 && accuracy.upper < 1)
  }

  @Test("A name that is not there, a damaged file and a head of another size are told")
  func mistakes() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: directory) }
    let error = #expect(throws: TrainingError.self) {
      try RewardModelFolder("none", in: directory).record()
    }
    #expect(error?.description.contains("hone prompter reward") == true)
    #expect(throws: TrainingError.self) { try RewardModelFolder("../x", in: directory) }
    let model = try TinyDecoder.model()
    #expect(throws: TrainingError.self) {
      try RewardModel(model: model, adapter: nil, head: Tensor([1, 2], shape: [1, 2]))
    }
    #expect(throws: TrainingError.self) {
      try RewardTraining(model, settings: .init(rank: -1))
    }
    #expect(throws: TrainingError.self) {
      try RewardTraining(model, settings: .init()).run(on: [])
    }
  }

  @Test("No prompt is both learnt from and set aside")
  func sides() throws {
    let all = (0..<40).map {
      Preference(prompt: "prompt \($0 % 20)", chosen: "a\($0)", rejected: "b")
    }
    let data = try PreferenceData(all, share: 0.2, seed: 1)
    #expect(data.heldOut.count == 8 && data.training.count == 32)
    #expect(Set(data.heldOut.map(\.prompt)).isDisjoint(with: data.training.map(\.prompt)))
    #expect(throws: TrainingError.self) {
      try PreferenceData(Array(all.prefix(2)), share: 0.5, seed: 1)
    }
    #expect(throws: TrainingError.self) { try PreferenceData(all, share: 0.9, seed: 1) }
  }
}
