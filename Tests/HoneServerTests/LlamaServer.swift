// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A llama-server of our own on this machine, with the model of the tests.
final class LlamaServer: Sendable {
  /// Why tests that need one are skipped.
  static let isMissing: String =
    "Set HONE_TEST_MODEL to a GGUF chat model and HONE_LLAMA_SERVER to a llama-server, "
    + "or run `make test`, to run this test."

  /// The model's file, or nil when the environment names none.
  static let model: URL? = file("HONE_TEST_MODEL")
  /// The server's program, or nil when the environment names none.
  static let program: URL? = file("HONE_LLAMA_SERVER")
  static var isThere: Bool { model != nil && program != nil }

  /// The address to put before `#MODEL`.
  let address: String
  private let process: Process

  private static func file(_ variable: String) -> URL? {
    ProcessInfo.processInfo.environment[variable].flatMap { path in
      FileManager.default.fileExists(atPath: path) ? URL(filePath: path) : nil
    }
  }

  /// Starts a server and waits until its model is loaded.
  init() async throws {
    guard let model = Self.model, let program = Self.program else {
      throw ModelError(.unusableModel, Self.isMissing)
    }
    let port = try Self.freePort()
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "--model", model.path, "--host", "127.0.0.1", "--port", "\(port)", "--ctx-size", "4096",
      "--parallel", "4", "--threads", "1", "--threads-batch", "1", "--no-webui",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    self.process = process
    address = "http://127.0.0.1:\(port)/v1"
    try process.run()
    try await waitUntilHealthy("http://127.0.0.1:\(port)/health")
  }

  func stop() {
    // The program may have been begun with the mask of a thread that holds signals back.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private func waitUntilHealthy(_ address: String) async throws {
    guard let url = URL(string: address) else { return }
    let deadline = ContinuousClock.now + .seconds(600)
    while ContinuousClock.now < deadline, process.isRunning {
      if let (_, response) = try? await URLSession.shared.data(from: url),
        (response as? HTTPURLResponse)?.statusCode == 200
      {
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    stop()
    throw ModelError(.unusableModel, "llama-server did not answer within ten minutes")
  }

  /// A port of this machine that nobody listens at, as the system gives one.
  private static func freePort() throws -> UInt16 {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, kind, 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
      }
    }
    guard isBound else { throw ModelError(.unavailable, "no port of this machine is free") }
    return UInt16(bigEndian: address.sin_port)
  }
}
