// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama
import Testing

@testable import HoneModelFiles

private let testModel = ProcessInfo.processInfo.environment["HONE_TEST_MODEL"]

@Suite("Preparing weights")
struct PreparationTests {
  let bench: Workbench
  init() throws { bench = try Workbench() }

  private func plan(_ file: URL, _ wanted: Weights?, _ library: ModelLibrary) throws -> Weights {
    WeightPlan(for: try library.summary(of: file), wanted: wanted, in: library).weights
  }

  @Test(
    "Which weights are used follows from the file and the wish",
    arguments: [
      (TinyGGUF(tensorTypes: [3, 0]), Weights.f16, Weights.f16),
      (TinyGGUF(tensorTypes: [3, 0]), .shipped, .shipped),
      (TinyGGUF(tensorTypes: [3, 0]), .q4_0, .q4_0),
      (TinyGGUF(tensorTypes: [2, 2, 0]), .q4_0, .shipped),
      (TinyGGUF(tensorTypes: [2, 2, 0]), .f16, .f16),
      (TinyGGUF(tensorTypes: [1, 0]), .f16, .shipped),
      (TinyGGUF(tensorTypes: [1, 0]), .q4_0, .q4_0),
      (TinyGGUF(architecture: "nomic-bert", tensorTypes: [3]), .f16, .shipped),
    ])
  func plans(gguf: TinyGGUF, wanted: Weights, used: Weights) throws {
    let file = bench.root.appending(path: "m.gguf")
    try gguf.write(to: file)
    #expect(try plan(file, wanted, bench.library()) == used)
  }

  @Test(
    "Without a wish, weights are used as shipped where most are multiplied in whole numbers",
    arguments: [
      // Types 2 and 3 are of four bits, 1 is half precision, 0 full precision, 14 of six bits.
      ([3, 3, 0], [2, 3], Weights.shipped), ([3, 3, 0], [], .f16), ([14, 14, 3], [2, 3], .f16),
      ([14, 3, 3], [2, 3], .shipped), ([1, 0], [2, 3], .shipped),
    ] as [([UInt32], [UInt32], Weights)])
  func fastest(types: [UInt32], products: [UInt32], used: Weights) throws {
    let file = bench.root.appending(path: "m.gguf")
    try TinyGGUF(tensorTypes: types).write(to: file)
    var library = bench.library()
    library.products = WholeNumberProducts(types: Set(products))
    #expect(try plan(file, nil, library) == used)
    // A wish counts more than speed.
    #expect(try plan(file, .q4_0, library) == .q4_0)
  }

  @Test("A model too large to expand is used as shipped, and the reason is told")
  func large() async throws {
    var library = bench.library()
    library.expansionLimit = 1000
    let file = bench.root.appending(path: "m.gguf")
    try TinyGGUF(tensorTypes: [3, 3]).write(to: file)
    _ = try await library.importFile(file)
    let used = try await library.prepared("m", progress: bench.report)
    #expect(used.path == library.directory.path + "/m/shipped.gguf")
    guard case .chosen(.shipped, let reason) = bench.events.last else {
      Issue.record("No choice was reported")
      return
    }
    #expect(reason.contains("half precision"))
  }

  @Test("A path is used as it stands when nothing is to be converted")
  func path() async throws {
    let file = bench.root.appending(path: "m.gguf")
    try TinyGGUF().write(to: file)
    #expect(try await bench.library().prepared(file.path).path == file.path)
  }

  @Test("A model that is not installed is an error, not a download")
  func notInstalled() async throws {
    let library = bench.library([try await bench.pinned()])
    let error = await modelFileError { _ = try await library.prepared("tiny") }
    #expect(error?.kind == .unknownModel)
  }

  @Test("A shipped file that is gone or cut is reported, not loaded")
  func incomplete() async throws {
    let library = bench.library([try await bench.pinned()])
    _ = try await library.pull("tiny")
    try Data("GGUF".utf8).write(to: library.directory.appending(path: "tiny/shipped.gguf"))
    let error = await modelFileError { _ = try await library.prepared("tiny") }
    #expect(error?.kind == .badFile)
    // Pulling again puts it right.
    _ = try await library.pull("tiny")
    _ = try await library.prepared("tiny", weights: .shipped)
  }

  @Test(
    "Weights are converted once, also when two ask at the same time, and back",
    .enabled(if: testModel != nil, "HONE_TEST_MODEL names no model; `make test` sets it"))
  func converted() async throws {
    let source = URL(filePath: testModel ?? "")
    let library = bench.library()
    _ = try await library.importFile(source, name: "model")
    async let first = library.prepared("model", weights: .q4_0, progress: bench.report)
    async let second = library.prepared("model", weights: .q4_0, progress: bench.report)
    let file = try await first
    #expect(try await second == file)
    #expect(bench.events.count { $0 == .converting(to: .q4_0) } == 1)
    #expect(try plan(file, .f16, library) == .f16)
    #expect(try await library.verify().map(\.finding) == [.intact, .intact])

    // A path outside the library: the expanded file lies in the library, not beside the original.
    let outside = bench.root.appending(path: "outside.gguf")
    try FileManager.default.copyItem(at: file, to: outside)
    let expanded = try await library.prepared(outside.path)
    #expect(expanded.path.hasPrefix(library.directory.path))
    #expect(try plan(expanded, .f16, library) == .shipped)
    #expect(try await library.prepared(outside.path) == expanded)
  }
}
