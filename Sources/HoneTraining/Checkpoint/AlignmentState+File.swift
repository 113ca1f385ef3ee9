// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX

extension AlignmentState {
  private static let kind = "hone-alignment"
  private static let countersKey = "hone.counters"
  private static let workKey = "hone.work"

  /// Saves the state; the last one stays until this one is whole.
  ///
  /// - Parameters:
  ///   - file: Where to.
  ///   - work: What the models, the data, the reward and the settings are; it has to be the same when
  ///     the alignment goes on.
  /// - Throws: ``TrainingError`` of kind `disk`.
  public func write(to file: URL, work: String) throws {
    var tensors: [String: Tensor] = [:]
    func add(_ tree: ParameterTree, _ prefix: String) {
      for name in tree.names { tensors[prefix + name] = tree[name] }
    }
    add(changes, "now.")
    add(optimizer.state, "opt.")
    if let head {
      add(head.parameters, "head.")
      add(head.optimizer.state, "headopt.")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let saved = TensorFile(
      kind: Self.kind,
      statements: [
        Self.countersKey: String(decoding: try encoder.encode(counters), as: UTF8.self),
        Self.workKey: work,
      ], tensors: ParameterTree(tensors))
    try saved.write(to: file)
  }

  /// Takes up a saved state.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint` when the file is damaged or of other work.
  public init(reading file: URL, work: String) throws {
    let saved = try TensorFile(reading: file, kind: Self.kind)
    guard let text = saved.statements[Self.countersKey],
      let counters = try? JSONDecoder().decode(Counters.self, from: Data(text.utf8))
    else { throw TrainingError(.badCheckpoint, "\(file.path) holds no state of an alignment.") }
    guard saved.statements[Self.workKey] == work else {
      throw TrainingError(
        .badCheckpoint,
        "\(file.path) is of an alignment with another model, another prompter, other data or other"
          + " settings. Go on with those, begin again with --force, or choose another name.")
    }
    var optimizer = AdamW(weightDecay: 0)
    try optimizer.restore(state: saved.part("opt."), step: counters.updates)
    let changes = saved.part("now.")
    guard !changes.names.isEmpty else {
      throw TrainingError(.badCheckpoint, "\(file.path) holds no adapter.")
    }
    var head: ValueHead?
    let parameters = saved.part("head.")
    if !parameters.names.isEmpty {
      var own = AdamW(weightDecay: 0)
      try own.restore(state: saved.part("headopt."), step: counters.updates)
      head = ValueHead(parameters: parameters, optimizer: own)
    }
    self.init(counters: counters, changes: changes, optimizer: optimizer, head: head)
  }
}
