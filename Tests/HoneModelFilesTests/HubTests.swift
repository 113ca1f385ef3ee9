// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HoneModelFiles

@Suite("Fetching from the hub")
struct HubTests {
  let bench: Workbench
  init() throws { bench = try Workbench() }

  /// A library whose hub is a folder of this machine.
  private func library(serving gguf: TinyGGUF = TinyGGUF()) throws -> ModelLibrary {
    let hub = bench.root.appending(path: "hub")
    try gguf.write(to: hub.appending(path: "owner/repo/resolve/main/dir/Some.Model.gguf"))
    var library = bench.library()
    library.hub = hub
    return library
  }

  @Test("A file of the hub is fetched under its own name")
  func fetched() async throws {
    let library = try library()
    let model = try await library.pull("hf:owner/repo/dir/Some.Model.gguf")
    #expect(model.name == "some.model")
    #expect(model.source == "hf:owner/repo/dir/Some.Model.gguf")
    #expect(try await library.verify().map(\.finding) == [.intact])
    #expect(try await library.pull("hf:owner/repo/dir/Some.Model.gguf") == model)
  }

  @Test("A download goes on where it was broken off")
  func resumed() async throws {
    let gguf = TinyGGUF()
    let library = try library(serving: gguf)
    let folder = try ModelFolder(of: "mine", in: library.directory)
    try folder.makeWorkspace()
    // A beginning that differs from the hub's shows that it was not fetched again.
    let served = gguf.data
    var beginning = Data(served.prefix(served.count - 50))
    beginning[served.count - 60] = 99
    let address = "hf:owner/repo/dir/Some.Model.gguf"
    let partial = try HubAddress(address).partialName
    try beginning.write(to: folder.workspace.appending(path: partial))
    _ = try await library.pull(address, as: "mine")
    let got = try Data(contentsOf: library.directory.appending(path: "mine/shipped.gguf"))
    #expect(got == beginning + served.suffix(50))
  }

  @Test("Where there is no network the error says so and what to do")
  func unreachable() async throws {
    var library = bench.library()
    library.hub = try #require(URL(string: "http://127.0.0.1:1"))
    let error = await modelFileError { _ = try await library.pull("hf:o/r/f.gguf") }
    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("no way to 127.0.0.1") == true)
    #expect(error?.message.contains("hone models import") == true)
  }

  @Test(
    "An address that is not one is refused",
    arguments: [
      "hf:", "hf:owner/file.gguf", "hf:owner/repo/file.bin", "hf:../repo/file.gguf",
      "hf:owner/repo/../../x.gguf", "hf:owner//x.gguf", "hf:o/r/a b.gguf", "hf:o/r/x.gguf?y.gguf",
    ])
  func addresses(text: String) async throws {
    let library = bench.library()
    #expect(await modelFileError { _ = try await library.pull(text) }?.kind == .badName)
  }

  @Test("The token goes to the hub in a header and to no other place")
  func token() async throws {
    var library = bench.library()
    library.hubToken = SecretToken("hf_secret")
    let server = try await HubServer(bench, TinyGGUF().data)
    defer { server.stop() }
    library.hub = server.address
    let error = await modelFileError { _ = try await library.pull("hf:o/closed/f.gguf") }
    #expect(error?.kind == .notFound)
    #expect(error?.message.contains("HF_TOKEN") == true)
    #expect(error?.message.contains("hf_secret") == false)
    _ = try await library.pull("hf:o/open/f.gguf")
    #expect(try server.authorizations() == ["Bearer hf_secret", "Bearer hf_secret"])
  }

  @Test("A file with another hash than the hub states is refused; a complete one is not refetched")
  func stated() async throws {
    var library = bench.library()
    let server = try await HubServer(bench, TinyGGUF().data)
    defer { server.stop() }
    library.hub = server.address
    let error = await modelFileError { _ = try await library.pull("hf:o/wronghash/f.gguf") }
    #expect(error?.kind == .wrongHash)
    let folder = try ModelFolder(of: "f", in: library.directory)
    try folder.makeWorkspace()
    let partial = try HubAddress("hf:o/open/f.gguf").partialName
    try TinyGGUF().data.write(to: folder.workspace.appending(path: partial))
    _ = try await library.pull("hf:o/open/f.gguf")
    #expect(try library.installedModel("f") != nil)
  }
}
