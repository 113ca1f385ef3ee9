// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A prompter on the disk: `prompter.json`, `adapter.gguf`, and while it is trained `checkpoint.gguf`, or
/// `oracle.gguf` where the model that answers is tuned beside it.
public struct PrompterFolder: Sendable {
  /// The folder.
  public let url: URL
  /// The prompter's name.
  public let name: String

  /// Names the folder of a prompter; makes nothing.
  /// - Throws: ``TrainingError`` of kind `badSettings` for a name that cannot be one of a folder.
  public init(_ name: String, in directory: URL) throws(TrainingError) {
    try Self.check(name)
    self.name = name
    url = directory.appending(path: name, directoryHint: .isDirectory)
  }

  static func check(_ name: String, of thing: String = "a prompter") throws(TrainingError) {
    let allowed = name.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "-_.".unicodeScalars.contains($0))
    }
    guard !name.isEmpty, name.count <= 64, allowed, !name.hasPrefix(".") else {
      throw TrainingError(
        .badSettings,
        "“\(name)” cannot be the name of \(thing): use up to 64 letters, digits,"
          + " hyphens and dots.")
    }
  }

  /// The changes that were trained.
  public var adapter: URL { url.appending(path: "adapter.gguf") }
  /// The state of a training that goes on.
  public var checkpoint: URL { url.appending(path: "checkpoint.gguf") }
  /// The state of the tuning of the model that answers.
  public var oracleCheckpoint: URL { url.appending(path: "oracle.gguf") }
  private var recordFile: URL { url.appending(path: "prompter.json") }

  /// Whether a training was interrupted here.
  public var hasCheckpoint: Bool { FileManager.default.fileExists(atPath: checkpoint.path) }
  /// Whether a prompter is here.
  public var exists: Bool { FileManager.default.fileExists(atPath: recordFile.path) }

  /// What was learnt for a target, and the model that has it merged in.
  /// - Throws: ``TrainingError`` of kind `badSettings` for a name that cannot be one of a file.
  public func target(_ name: String) throws(TrainingError) -> (adapter: URL, model: URL) {
    try Self.check(name, of: "a target")
    let folder = url.appending(path: "targets", directoryHint: .isDirectory)
    return (folder.appending(path: "\(name).gguf"), folder.appending(path: "\(name)-model.gguf"))
  }

  /// The targets that the prompter was adapted to, sorted.
  public var targets: [String] {
    let folder = url.appending(path: "targets")
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return entries.filter { $0.hasSuffix(".gguf") && !$0.hasSuffix("-model.gguf") }
      .map { String($0.dropLast(".gguf".count)) }.sorted()
  }

  /// Keeps what was learnt for a target, and writes the model that has it merged in.
  /// - Throws: ``TrainingError`` of kind `disk` or `badSettings`.
  public func keep(_ adapter: TargetAdapter, target: String, base: URL) throws {
    let files = try self.target(target)
    do {
      try FileManager.default.createDirectory(
        at: files.adapter.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw TrainingError(.disk, "\(url.path) cannot be written: \(error.localizedDescription)")
    }
    _ = try adapter.writeModel(merging: base, to: files.model)
    try adapter.write(to: files.adapter, prompter: name, target: target)
  }

  /// The merged model of a target, and what it adds to every token's logit.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint` when the prompter was not adapted to it.
  public func merged(target: String) throws -> (model: URL, bias: [Float]) {
    let files = try self.target(target)
    guard FileManager.default.fileExists(atPath: files.adapter.path),
      FileManager.default.fileExists(atPath: files.model.path)
    else {
      let known = targets.isEmpty ? "none yet" : targets.joined(separator: ", ")
      throw TrainingError(
        .badCheckpoint,
        "The prompter “\(name)” is not adapted to “\(target)”; it is to: \(known)."
          + " Adapt it with: hone prompter adapt PAIRS --name \(name) --target \(target)")
    }
    return (files.model, try TargetAdapter(reading: files.adapter).merged().bias)
  }

  /// Makes the folder.
  /// - Throws: ``TrainingError`` of kind `disk`.
  public func make() throws(TrainingError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw TrainingError(
        .disk, "The folder \(url.path) cannot be made: \(error.localizedDescription)")
    }
  }

  /// Removes what an earlier training left.
  public func clear() throws(TrainingError) {
    try remove([adapter, checkpoint, oracleCheckpoint, recordFile])
  }

  private func remove(_ files: [URL]) throws(TrainingError) {
    for file in files where FileManager.default.fileExists(atPath: file.path) {
      do {
        try FileManager.default.removeItem(at: file)
      } catch {
        throw TrainingError(.disk, "\(file.path) cannot be removed: \(error.localizedDescription)")
      }
    }
  }

  /// Keeps a finished prompter and removes the state of its training.
  /// - Throws: ``TrainingError`` of kind `disk`.
  public func keep(
    _ record: PrompterRecord, adapter: LowRankAdapter, architecture: String
  ) throws {
    try adapter.write(to: self.adapter, architecture: architecture)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try encoder.encode(record).write(to: recordFile, options: .atomic)
    } catch {
      throw TrainingError(.disk, "\(url.path) cannot be written: \(error.localizedDescription)")
    }
    try remove([checkpoint, oracleCheckpoint])
  }

  /// What is known of the prompter.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint` when there is none, or it is damaged.
  public func record() throws(TrainingError) -> PrompterRecord {
    guard let data = try? Data(contentsOf: recordFile) else {
      let others = Self.names(in: url.deletingLastPathComponent())
      let known = others.isEmpty ? "none yet" : others.joined(separator: ", ")
      let unfinished = hasCheckpoint ? " Its training was interrupted; go on with it first." : ""
      throw TrainingError(
        .badCheckpoint,
        "There is no prompter “\(name)” in \(url.deletingLastPathComponent().path);"
          + " there are: \(known).\(unfinished)")
    }
    do {
      return try JSONDecoder().decode(PrompterRecord.self, from: data)
    } catch {
      throw TrainingError(
        .badCheckpoint, "\(recordFile.path) is damaged; train the prompter again.")
    }
  }

  /// The names of all finished prompters in a folder, sorted.
  public static func names(in directory: URL) -> [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return entries.filter { (try? PrompterFolder($0, in: directory).exists) == true }.sorted()
  }
}
