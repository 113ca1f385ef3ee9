// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Subprocess
import Synchronization

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

extension Tool {
  /// A program as a tool: it reads the input on standard input and answers on standard output.
  ///
  /// It is started anew for each use, ends with the time limit, and what it writes is cut. Without a
  /// sandbox it runs with the rights of this process; give one to what runs code of a model's. Of all
  /// such programs as many run at once as there are processors to use; the time to wait for that is not counted,
  /// so that what a program answers depends less on what else the machine does.
  ///
  /// - Parameters:
  ///   - name: The name the model calls it by.
  ///   - description: What it does and what it is given, told to the model.
  ///   - words: The program and its arguments, such as `["python3", "-I", "-"]`.
  ///   - sandbox: What keeps it from doing harm; nil for nothing.
  ///   - limit: The time it may take.
  ///   - outputLimit: The most characters of its answer that the model is shown.
  /// - Returns: The tool.
  public static func command(
    _ name: String, _ description: String, _ words: [String], sandbox: Sandbox? = nil,
    limit: Duration = .seconds(10), outputLimit: Int = 2000
  ) -> Tool {
    var tool = Tool(name, description, limit: limit, outputLimit: outputLimit) { input in
      try await CommandRun(words: words, sandbox: sandbox, probe: .shared).output(of: input)
    }
    tool.turns = .ofPrograms
    return tool
  }
}

/// Why a tool has no answer, in words for the model.
public struct ToolProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// What happened.
  public var description: String

  /// Creates the error.
  public init(description: String) {
    self.description = description
  }
}

extension Turns {
  /// Those of all programs that tools start.
  fileprivate static let ofPrograms = Turns(AvailableCores.count)
}

/// What tools found out about the system, once.
private final class NamespaceProbe: Sendable {
  static let shared = NamespaceProbe()
  private let known = Mutex<Bool?>(nil)

  var hasNamespaces: Bool {
    get async {
      if let known = known.withLock({ $0 }) { return known }
      let has = await Sandbox.hasNamespaces()
      known.withLock { $0 = has }
      return has
    }
  }
}

/// One start of a program.
private struct CommandRun {
  var words: [String]
  var sandbox: Sandbox?
  var probe: NamespaceProbe

  func output(of input: String) async throws -> String {
    guard !words.isEmpty else { throw ToolProblem(description: "the tool's command is empty") }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "hone-\(UUID().uuidString)")
    let own = folder.appending(path: "work")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // From a file, not a pipe: a program that ends without reading all would otherwise end this
    // process too, by SIGPIPE.
    let file = folder.appending(path: "input")
    try Data(input.utf8).write(to: file)
    var words = words
    var environment = Environment.inherit
    if let sandbox {
      words = try sandbox.words(
        for: words, folder: own.path, isShut: await probe.hasNamespaces)
      environment = .custom(sandbox.environment(folder: own.path))
    }
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
    let text = try FileDescriptor.open(FilePath(file.path), .readOnly)
    let program = words[0]
    let result = try await Subprocess.run(
      program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(Array(words.dropFirst())), environment: environment,
      workingDirectory: sandbox == nil ? nil : FilePath(own.path), platformOptions: options,
      input: .fileDescriptor(text, closeAfterSpawningProcess: true),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    try Task.checkCancellation()
    guard result.terminationStatus.isSuccess else {
      let last = result.standardError.split(separator: "\n").last.map(String.init) ?? "no message"
      throw ToolProblem(description: last)
    }
    return result.standardOutput
  }
}
