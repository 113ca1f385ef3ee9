// SPDX-License-Identifier: Apache-2.0

import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

extension Tool {
  /// A program as a tool: it reads the input on standard input and answers on standard output.
  ///
  /// It is started anew for each use, ends with the time limit, and what it writes is cut. It runs with
  /// the rights of this process: name one that keeps what it is given from doing harm, such as an
  /// interpreter in a sandbox.
  ///
  /// - Parameters:
  ///   - name: The name the model calls it by.
  ///   - description: What it does and what it is given, told to the model.
  ///   - words: The program and its arguments, such as `["python3", "-I", "-"]`.
  ///   - limit: The time it may take.
  ///   - outputLimit: The most characters of its answer that the model is shown.
  /// - Returns: The tool.
  public static func command(
    _ name: String, _ description: String, _ words: [String], limit: Duration = .seconds(10),
    outputLimit: Int = 2000
  ) -> Tool {
    Tool(name, description, limit: limit, outputLimit: outputLimit) { input in
      try await CommandRun(words: words).output(of: input)
    }
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

/// One start of a program.
private struct CommandRun {
  var words: [String]

  func output(of input: String) async throws -> String {
    guard let program = words.first else {
      throw ToolProblem(description: "the tool's command is empty")
    }
    // From a file, not a pipe: a program that ends without reading all would otherwise end this
    // process too, by SIGPIPE.
    let file = FileManager.default.temporaryDirectory.appending(path: "hone-\(UUID().uuidString)")
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
    let text = try FileDescriptor.open(FilePath(file.path), .readOnly)
    let result = try await Subprocess.run(
      program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(Array(words.dropFirst())), platformOptions: options,
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
