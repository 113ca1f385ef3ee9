// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX

extension TrainingState {
  private static let kind = "hone-checkpoint"
  private static let countersKey = "hone.counters"
  private static let settingsKey = "hone.settings"
  private static let modelKey = "hone.model"

  /// Saves the state; the last one stays until this one is whole.
  ///
  /// - Parameters:
  ///   - file: Where to.
  ///   - settings: The settings of the training, which have to be the same when it goes on.
  ///   - model: What the model and the data are, by content.
  /// - Throws: ``TrainingError`` of kind `disk`.
  public func write(to file: URL, settings: FineTuningSettings, model: String) throws {
    var tensors: [String: Tensor] = [:]
    for name in adapter.parameters.names {
      tensors["now." + name] = adapter.parameters[name]
      tensors["best." + name] = best.parameters[name]
    }
    for name in optimizer.state.names { tensors["opt." + name] = optimizer.state[name] }
    let saved = TensorFile(
      kind: Self.kind,
      statements: [
        Self.countersKey: try Self.text(of: counters),
        Self.settingsKey: try Self.text(of: settings), Self.modelKey: model,
      ], tensors: ParameterTree(tensors))
    try saved.write(to: file)
  }

  /// Takes up a saved state.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint` when the file is damaged, or of another
  ///   model, of other data or of other settings.
  public init(
    reading file: URL, settings: FineTuningSettings, model: String
  ) throws {
    let saved = try TensorFile(reading: file, kind: Self.kind)
    guard let text = saved.statements[Self.countersKey],
      let counters = try? JSONDecoder().decode(Counters.self, from: Data(text.utf8))
    else { throw TrainingError(.badCheckpoint, "\(file.path) holds no state of a training.") }
    guard saved.statements[Self.modelKey] == model,
      saved.statements[Self.settingsKey] == (try Self.text(of: settings))
    else {
      throw TrainingError(
        .badCheckpoint,
        "\(file.path) is of a training with another model, other data or other"
          + " settings. Go on with those, or begin again under another name.")
    }
    let adapter = LowRankAdapter(scale: settings.lowRank.scale, parameters: saved.part("now."))
    var optimizer = AdamW(weightDecay: settings.weightDecay)
    try optimizer.restore(state: saved.part("opt."), step: counters.step)
    guard !adapter.parameters.names.isEmpty else {
      throw TrainingError(.badCheckpoint, "\(file.path) holds no adapter.")
    }
    self.init(adapter: adapter, optimizer: optimizer)
    best = adapter.replacing(saved.part("best."))
    self.counters = counters
  }

  private static func text(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
