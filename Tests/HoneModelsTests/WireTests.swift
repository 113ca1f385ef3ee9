// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import HoneTesting
import Testing

@testable import HoneModels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What goes over real connections, and what does not.
@Suite(.serialized) struct WireTests {
  private static let reply = ScriptedServer.Response(body: HTTPReply.chat("yes").body)

  private func result(
    of name: String, environment: [String: String] = [:],
    transport: TransportOptions = TransportOptions()
  ) async throws -> Result<Generation, ModelError> {
    let opener = RemoteModelOpener(
      environment: environment,
      options: RemoteOptions(
        retries: RetryPolicy(attempts: 2), transport: transport, clock: TestClock().clock))
    let model = try await opener.open(name)
    for try await element in model.generate([.chat("A secret prompt.")]) { return element.result }
    throw ModelError(.engine, "no answer")
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `A redirect is not followed, so that the key goes nowhere else`(status: Int) async throws {
    let other = try await ScriptedServer { _ in Self.reply }
    let target = "location: \(other.address)/v1/chat/completions"
    let server = try await ScriptedServer { _ in .init(status: status, headers: [target]) }
    let result = try await result(
      of: server.address + "/v1#any", environment: ["HONE_SERVER_KEY": "sk-secret"])
    guard case .failure(let error) = result else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unusableModel)
    #expect(error.message.contains("redirect"))
    #expect(server.requests.map(\.authorization) == ["Bearer sk-secret"])
    #expect(other.requests.isEmpty)
    await server.stop()
    await other.stop()
  }

  @Test func `A body above the limit is given up, and the limit is 64 MB`() async throws {
    #expect(TransportOptions().bodyLimit == 64 << 20)
    let server = try await ScriptedServer { _ in
      .init(body: Data(repeating: UInt8(ascii: " "), count: 3 << 20))
    }
    let result = try await result(
      of: server.address + "/v1#any", transport: TransportOptions(bodyLimit: 2 << 20))
    guard case .failure(let error) = result else {
      Issue.record("it was read")
      return
    }
    #expect(error.kind == .engine)
    #expect(error.message.contains("more than 2 MB"))
    #expect(server.requests.count == 1)
    await server.stop()
  }

  @Test func `A proxy of the environment is asked for a tunnel and reads nothing`() async throws {
    let proxy = try await ScriptedServer { _ in .init(status: 403) }
    let result = try await result(
      of: "http://models.example.invalid/v1#any", environment: ["HTTP_PROXY": proxy.address])
    guard case .failure(let error) = result else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unavailable)
    #expect(proxy.requests.map(\.path) == Array(repeating: "models.example.invalid:80", count: 2))
    #expect(proxy.requests.allSatisfy { $0.body.isEmpty && $0.authorization == nil })
    await proxy.stop()
  }

  @Test func `A prompt stands in the body and never in the address`() async throws {
    let server = try await ScriptedServer { _ in Self.reply }
    _ = try await result(of: server.address + "/v1#any").get()
    let request = try #require(server.requests.first)
    #expect(request.path == "/v1/chat/completions")
    #expect(String(decoding: request.body, as: UTF8.self).contains("A secret prompt."))
    await server.stop()
  }

  @Test(.enabled(if: SelfSignedServer.isPossible, "There is no openssl on this machine."))
  func `A server whose certificate nobody vouches for is not trusted`() async throws {
    let server = try await SelfSignedServer()
    defer { server.stop() }
    let result = try await result(of: server.address + "/v1#any")
    guard case .failure(let error) = result else {
      Issue.record("it was trusted")
      return
    }
    #expect(error.kind == .unavailable)
    #expect(error.message.lowercased().contains("certificate"), "\(error.message)")
  }
}

/// A server of `openssl` with a certificate of its own making.
private final class SelfSignedServer: Sendable {
  static let program = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  static var isPossible: Bool { program != nil }

  let address: String
  private let process: Process
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    let (key, certificate) = (
      folder.url.appending(path: "key.pem").path, folder.url.appending(path: "cert.pem").path
    )
    let making = try Self.start([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
      "-keyout", key, "-out", certificate,
    ])
    making.waitUntilExit()
    // A port of the system's choice, let go again.
    let placeholder = try await ScriptedServer { _ in .init() }
    let port = placeholder.address.split(separator: ":").last.map(String.init) ?? ""
    await placeholder.stop()
    process = try Self.start([
      "s_server", "-accept", port, "-key", key, "-cert", certificate, "-www",
    ])
    address = "https://localhost:\(port)"
    try await Self.waitUntilListening(port)
  }

  func stop() {
    // The program may have been begun with the mask of a thread that holds signals back.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private static func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: program ?? "")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// A connection without TLS is refused until the server listens; then it is closed, or silent.
  private static func waitUntilListening(_ port: String) async throws {
    let transport = NetworkTransport(TransportOptions(silenceSeconds: 0.2))
    for _ in 0..<4000 {
      do {
        _ = try await transport.send(
          HTTPCall(url: "http://127.0.0.1:\(port)/", headers: [], body: nil))
        return
      } catch TransportFailure.connection(let words) where words.contains("refused") {
        try await Task.sleep(for: .milliseconds(25))
      } catch TransportFailure.connection(let words) where words.contains("connect") {
        try await Task.sleep(for: .milliseconds(25))
      } catch {
        return
      }
    }
  }
}
