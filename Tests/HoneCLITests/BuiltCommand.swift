// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The built binary beside the test bundle, run as a user would.
struct BuiltCommand {
  /// What a run of the command gave.
  struct Output {
    var code: Int32
    var out: String
    var error: String
  }

  let binary: URL
  /// An empty folder that stands for the user's: models and caches are looked for there.
  let home: URL

  /// The binary, or nil when only the tests were built.
  static let binary: URL? = {
    let bundle = URL(filePath: ProcessInfo.processInfo.arguments.first ?? "")
    var folder = bundle.deletingLastPathComponent()
    for _ in 0..<5 {
      let file = folder.appending(path: "hone")
      if FileManager.default.isExecutableFile(atPath: file.path),
        (try? file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == false
      {
        return file
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }()

  init() throws {
    binary = try #require(Self.binary)
    home = FileManager.default.temporaryDirectory.appending(
      path: "hone-cli-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
  }

  func removeHome() {
    try? FileManager.default.removeItem(at: home)
  }

  /// Writes a file into the working folder.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: home.appending(path: name))
  }

  /// Runs the command in the working folder, without a terminal and without input.
  func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Output {
    try await run(arguments, environment: environment)
  }

  func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Output {
    let files = ["out", "error"].map { home.appending(path: "\($0)-\(UUID().uuidString)") }
    for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    let process = try process(arguments, environment: environment)
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try await process.runToEnd()
    let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
    return Output(code: process.terminationStatus, out: texts[0], error: texts[1])
  }

  /// The command as a process that was not started, without a terminal, input and output.
  func process(_ arguments: [String], environment: [String: String]) throws -> Process {
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.currentDirectoryURL = home
    var all = ProcessInfo.processInfo.environment
    all["XDG_CACHE_HOME"] = home.appending(path: "cache").path
    all["XDG_CONFIG_HOME"] = home.appending(path: "config").path
    all["HOME"] = home.path
    process.environment = all.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }
}
