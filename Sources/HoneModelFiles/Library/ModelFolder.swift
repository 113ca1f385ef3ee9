// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One model's folder in the library, and the folder for work in progress on it.
struct ModelFolder: Sendable {
  let name: String
  let library: URL

  /// - Throws: ``ModelFileError`` for a name that could lead out of the library or hide in it.
  init(of name: String, in library: URL) throws(ModelFileError) {
    guard Self.isValid(name) else {
      throw ModelFileError(
        .badName,
        "“\(name)” cannot be a model's name. A name has 1 to 64 letters (a to z), digits, dots, "
          + "hyphens or underscores and starts with a letter or digit.")
    }
    self.name = name
    self.library = library
  }

  var url: URL { library.appending(path: name, directoryHint: .isDirectory) }
  /// Holds what is not complete yet; kept after a failure so that a download can go on.
  var workspace: URL { library.appending(path: ".partial/\(name)", directoryHint: .isDirectory) }
  private var recordFile: URL { url.appending(path: "model.json") }
  private var lockFile: URL { library.appending(path: ".locks/\(name).lock") }

  static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= 64 else { return false }
    return isLetterOrDigit(first)
      && name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2E || $0 == 0x2D || $0 == 0x5F }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  /// The record, or nil when the model is not installed.
  func record() throws(ModelFileError) -> InstalledModel? {
    guard FileManager.default.fileExists(atPath: recordFile.path) else { return nil }
    do {
      return try JSONDecoder().decode(InstalledModel.self, from: Data(contentsOf: recordFile))
    } catch {
      throw ModelFileError(
        .disk,
        "\(recordFile.path) cannot be read as a model's record (\(error)). "
          + "Delete the folder \(url.path) and get the model again.")
    }
  }

  /// Writes the record; a reader sees the old one or the new one, nothing between.
  func write(_ record: InstalledModel) throws(ModelFileError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try onDisk { try encoder.encode(record).write(to: recordFile, options: .atomic) }
  }

  /// Where the file of some weights is, if the record has it and it has the recorded size.
  func file(of weights: Weights, in record: InstalledModel) -> URL? {
    guard let kept = record.files[weights] else { return nil }
    let file = url.appending(path: kept.file)
    return Self.size(of: file) == kept.bytes ? file : nil
  }

  /// The size of a file in bytes, or nil when there is none.
  static func size(of file: URL) -> Int64? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    return (attributes?[.size] as? NSNumber)?.int64Value
  }

  /// Moves a complete file into the model's folder, in place of an older one.
  func adopt(_ file: URL, as name: String) throws(ModelFileError) {
    try onDisk {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      // POSIX rename replaces in one step, which Foundation's moveItem does not.
      guard rename(file.path, url.appending(path: name).path) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    }
  }

  /// Empties or makes the folder for work in progress.
  func makeWorkspace(empty: Bool = false) throws(ModelFileError) {
    try onDisk {
      if empty { try? FileManager.default.removeItem(at: workspace) }
      try FileManager.default.createDirectory(at: workspace, withIntermediateDirectories: true)
    }
  }

  /// Removes the folder for work in progress.
  func clearWorkspace() {
    try? FileManager.default.removeItem(at: workspace)
  }

  /// Removes the model; a reader sees all of it or nothing.
  func delete() throws(ModelFileError) {
    clearWorkspace()
    try makeWorkspace()
    try onDisk {
      try FileManager.default.moveItem(at: url, to: workspace.appending(path: "removed"))
    }
    clearWorkspace()
  }

  /// Does something while no other process changes this model; waits for its turn.
  func locked<Result>(
    _ progress: ModelProgressReport, _ body: () async throws -> Result
  ) async throws -> Result {
    try onDisk {
      try FileManager.default.createDirectory(
        at: lockFile.deletingLastPathComponent(), withIntermediateDirectories: true)
    }
    let lock = try await FileLock.acquire(at: lockFile) { progress(.waiting) }
    defer { lock.release() }
    return try await body()
  }

  /// Turns the disk's refusals into the library's error.
  func onDisk<Result>(_ body: () throws -> Result) throws(ModelFileError) -> Result {
    do {
      return try body()
    } catch {
      throw ModelFileError(
        .disk,
        "The model library \(library.path) cannot be changed: \(error.localizedDescription) Make "
          + "room or allow writing there, or set XDG_CACHE_HOME to another folder.")
    }
  }
}
