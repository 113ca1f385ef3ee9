// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneMLX

/// A reward model on the disk: `reward.json` and `reward.gguf`.
public struct RewardModelFolder: Sendable {
  private static let kind = "hone-reward"
  private static let changePrefix = "change."

  /// The folder.
  public let url: URL
  /// The reward model's name.
  public let name: String

  /// Names the folder of a reward model; makes nothing.
  /// - Throws: ``TrainingError`` of kind `badSettings` for a name that cannot be one of a folder.
  public init(_ name: String, in directory: URL) throws(TrainingError) {
    try PrompterFolder.check(name, of: "a reward model")
    self.name = name
    url = directory.appending(path: name, directoryHint: .isDirectory)
  }

  private var recordFile: URL { url.appending(path: "reward.json") }
  private var weightFile: URL { url.appending(path: "reward.gguf") }

  /// Whether a reward model is here.
  public var exists: Bool { FileManager.default.fileExists(atPath: recordFile.path) }

  /// The names of all reward models in a folder, sorted.
  public static func names(in directory: URL) -> [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return entries.filter { (try? RewardModelFolder($0, in: directory).exists) == true }.sorted()
  }

  /// Keeps a reward model.
  /// - Throws: ``TrainingError`` of kind `disk`.
  public func keep(_ model: RewardModel, record: RewardModelRecord) throws {
    var tensors = [RewardModel.headName: model.head]
    for name in model.adapter?.parameters.names ?? [] {
      tensors[Self.changePrefix + name] = model.adapter?.parameters[name]
    }
    let file = TensorFile(
      kind: Self.kind,
      statements: [
        "hone.center": "\(model.center)", "hone.spread": "\(model.spread)",
        "hone.scale": "\(model.adapter?.scale ?? 1)",
      ], tensors: ParameterTree(tensors))
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try file.write(to: weightFile)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try encoder.encode(record).write(to: recordFile, options: .atomic)
    } catch let error as TrainingError {
      throw error
    } catch {
      throw TrainingError(.disk, "\(url.path) cannot be written: \(error.localizedDescription)")
    }
  }

  /// What is known of the reward model.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint` when there is none, or it is damaged.
  public func record() throws(TrainingError) -> RewardModelRecord {
    guard let data = try? Data(contentsOf: recordFile) else {
      let others = Self.names(in: url.deletingLastPathComponent())
      let known = others.isEmpty ? "none yet" : others.joined(separator: ", ")
      throw TrainingError(
        .badCheckpoint,
        "There is no reward model “\(name)” in \(url.deletingLastPathComponent().path); there are:"
          + " \(known). Train one with: hone prompter reward PREFERENCES --name \(name)")
    }
    do {
      return try JSONDecoder().decode(RewardModelRecord.self, from: data)
    } catch {
      throw TrainingError(
        .badCheckpoint, "\(recordFile.path) is damaged; train the reward model again.")
    }
  }

  /// The reward model, over the language model of its record.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint` or `wrongShape`.
  public func rewardModel(over model: DecoderModel) throws -> RewardModel {
    let file = try TensorFile(reading: weightFile, kind: Self.kind)
    guard let head = file.tensors[RewardModel.headName],
      let center = file.statements["hone.center"].flatMap(Double.init),
      let spread = file.statements["hone.spread"].flatMap(Double.init),
      let scale = file.statements["hone.scale"].flatMap(Double.init)
    else {
      throw TrainingError(.badCheckpoint, "\(weightFile.path) holds no reward model.")
    }
    var changes: [String: Tensor] = [:]
    for name in file.tensors.names where name.hasPrefix(Self.changePrefix) {
      changes[String(name.dropFirst(Self.changePrefix.count))] = file.tensors[name]
    }
    var adapter: LowRankAdapter?
    if !changes.isEmpty {
      adapter = LowRankAdapter(scale: scale, parameters: ParameterTree(changes))
      try adapter?.check(against: model)
    }
    return try RewardModel(
      model: model, adapter: adapter, head: head, center: center, spread: spread)
  }
}
