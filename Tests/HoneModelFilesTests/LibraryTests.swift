// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HoneModelFiles

@Suite("Keeping model files")
struct LibraryTests {
  let bench: Workbench
  init() throws { bench = try Workbench() }

  private func file(_ name: String = "My-Model.gguf", _ gguf: TinyGGUF = TinyGGUF()) throws -> URL {
    let file = bench.root.appending(path: name)
    try gguf.write(to: file)
    return file
  }

  @Test("An imported file gets its own name in lower case and is listed")
  func imported() async throws {
    let library = bench.library([try await bench.pinned()])
    let model = try await library.importFile(try file())
    #expect(model.name == "my-model")
    #expect(try library.list().map(\.name) == ["tiny", "my-model"])
    #expect(try library.list().map { $0.installed != nil } == [false, true])
  }

  @Test(
    "A file that is no complete GGUF file is not taken in, and the reason is given",
    arguments: [
      (TinyGGUF(magic: "GGML"), "letters GGUF"),
      (TinyGGUF(version: 1), "version is 1"),
      (TinyGGUF(architecture: nil), "architecture"),
      (TinyGGUF(tensorTypes: []), "no tensors"),
      (TinyGGUF(dataBytes: 1023), "cut short"),
    ])
  func damaged(gguf: TinyGGUF, reason: String) async throws {
    let library = bench.library()
    let source = try file("bad.gguf", gguf)
    let error = await modelFileError { _ = try await library.importFile(source) }
    #expect(error?.kind == .badFile)
    #expect(error?.message.contains(reason) == true)
    #expect(try library.list().isEmpty)
  }

  @Test("A GGUF file cut anywhere, or with a byte changed in its head, never crashes the reader")
  func fuzzed() throws {
    let data = TinyGGUF(tensorTypes: [3, 0]).data
    let target = bench.root.appending(path: "f.gguf")
    let library = bench.library()
    var refused = 0
    for cut in stride(from: 0, to: data.count, by: 7) {
      try data.prefix(cut).write(to: target)
      do { _ = try library.summary(of: target) } catch { refused += error.kind == .badFile ? 1 : 0 }
    }
    #expect(refused == (data.count + 6) / 7)
    for position in 0..<200 {
      for value: UInt8 in [0x00, 0x7F, 0xFF] {
        var changed = data
        changed[position] = value
        try changed.write(to: target)
        do { _ = try library.summary(of: target) } catch { #expect(error.kind == .badFile) }
      }
    }
  }

  @Test(
    "A name that could lead elsewhere is refused by every command",
    arguments: ["", ".", "..", "../x", "a/b", ".hidden", "-rf", "a b", "ä", "a\u{0}"]
      + [String(repeating: "a", count: 65)])
  func names(name: String) async throws {
    let library = bench.library()
    let source = try file()
    let attempts: [() async throws -> Void] = [
      { _ = try await library.importFile(source, name: name) },
      { _ = try library.installedModel(name) },
      { _ = try await library.verify([name]) },
      { try await library.remove(name) },
      { _ = try await library.pull("hf:o/r/f.gguf", as: name) },
    ]
    for attempt in attempts {
      #expect(await modelFileError(attempt)?.kind == .badName)
    }
  }

  @Test("A name that is taken, or is a pinned model's, is not given to another file")
  func taken() async throws {
    let library = bench.library([try await bench.pinned()])
    let source = try file()
    _ = try await library.importFile(source, name: "mine")
    for name in ["mine", "tiny"] {
      let error = await modelFileError { _ = try await library.importFile(source, name: name) }
      #expect(error?.kind == .badName)
    }
  }

  @Test("Verifying finds what is intact, changed and missing")
  func verified() async throws {
    let library = bench.library()
    for name in ["a", "b", "c"] {
      _ = try await library.importFile(try file(), name: name)
    }
    try file("other.gguf", TinyGGUF(fill: 8)).overwrite(library, "b")
    try FileManager.default.removeItem(
      at: library.directory.appending(path: "c/shipped.gguf"))
    let findings = try await library.verify().map(\.finding)
    #expect(findings.count == 3)
    #expect(findings.first == .intact)
    if case .changed(let required, let received) = findings[1] {
      #expect(required != received)
    } else {
      Issue.record("b was changed, found \(findings[1])")
    }
    #expect(findings.last == .missing)
    #expect(await modelFileError { _ = try await library.verify(["d"]) }?.kind == .unknownModel)
  }

  @Test("A removed model is gone with all its files; removing it again is an error")
  func removed() async throws {
    let library = bench.library()
    _ = try await library.importFile(try file(), name: "mine")
    try await library.remove("mine")
    #expect(try library.list().isEmpty)
    let left = FileManager.default.subpaths(atPath: library.directory.path) ?? []
    #expect(!left.contains { $0.hasSuffix(".gguf") })
    #expect(await modelFileError { try await library.remove("mine") }?.kind == .unknownModel)
  }

  @Test("A command waits for another that works on the same model")
  func waits() async throws {
    let library = bench.library()
    let folder = try ModelFolder(of: "mine", in: library.directory)
    let source = try file()
    let lock = bench.root.appending(path: "models/.locks/mine.lock")
    try await folder.locked { _ in
    } _: {
      #expect(FileManager.default.fileExists(atPath: lock.path))
      let report = bench.report
      let importing = Task {
        try await library.importFile(source, name: "mine", progress: report)
      }
      while !bench.events.contains(.waiting) { await Task.yield() }
      importing.cancel()
      await #expect(throws: CancellationError.self) { try await importing.value }
    }
    #expect(try library.list().isEmpty)
    _ = try await library.importFile(source, name: "mine")
  }

  @Test("The folder follows the environment")
  func folder() {
    let set = ModelLibrary(environment: ["XDG_CACHE_HOME": "/caches", "HF_TOKEN": "hf_secret"])
    #expect(set.directory.path == "/caches/hone/models")
    #expect(ModelLibrary(environment: [:]).directory.path.hasSuffix("/.cache/hone/models"))
    #expect(
      ModelLibrary(environment: ["XDG_CACHE_HOME": "here"]).directory.path
        .hasSuffix("/.cache/hone/models"))
    var dumped = ""
    dump(set, to: &dumped)
    #expect(!dumped.contains("hf_secret"))
    #expect(!"\(set)".contains("hf_secret"))
  }
}

extension URL {
  /// Puts this file in place of the shipped weights of a model.
  fileprivate func overwrite(_ library: ModelLibrary, _ name: String) throws {
    let target = library.directory.appending(path: "\(name)/shipped.gguf")
    try Data(contentsOf: self).write(to: target)
  }
}
