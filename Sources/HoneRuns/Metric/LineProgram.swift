// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// A user's program that reads lines and writes lines, for a bounded time and output.
public struct LineProgram: Sendable {
  /// The program and its arguments.
  public var words: [String]
  /// The seconds after which it is stopped.
  public var seconds: Double

  /// Creates a program.
  public init(words: [String], seconds: Double) {
    self.words = words
    self.seconds = seconds
  }

  /// What it writes when it reads an input; at most 64 MB.
  /// - Throws: ``RunError/metricCommand(command:problem:)`` when the program cannot be started, takes
  ///   too long or ends with an error.
  public func output(for input: Data) async throws -> String {
    // The lines come from a file, not a pipe: a program that ends without reading them all would
    // otherwise end this process too, by SIGPIPE.
    let file = FileManager.default.temporaryDirectory.appending(path: "hone-\(UUID().uuidString)")
    do {
      try input.write(to: file)
    } catch {
      throw problem("got no input: \(file.path) cannot be written")
    }
    defer { try? FileManager.default.removeItem(at: file) }
    return try await limited { try await run(FilePath(file.path)) }
  }

  private func run(_ input: FilePath) async throws -> String {
    guard let program = words.first else { throw problem("is not named") }
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
    do {
      let lines = try FileDescriptor.open(input, .readOnly)
      let result = try await Subprocess.run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(Array(words.dropFirst())), platformOptions: options,
        input: .fileDescriptor(lines, closeAfterSpawningProcess: true),
        output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
      try Task.checkCancellation()
      guard result.terminationStatus.isSuccess else {
        let tail = result.standardError.suffix(300)
        throw problem("ended with \(result.terminationStatus); it wrote: \(tail)")
      }
      return result.standardOutput
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      throw problem("could not be run: \(error)")
    } catch let error as Errno {
      throw problem("got no input: \(error)")
    }
  }

  /// The work's output, or an error when it takes longer than is allowed.
  private func limited(
    _ work: @escaping @Sendable () async throws -> String
  ) async throws -> String {
    try await withThrowingTaskGroup(of: String?.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let output = first else {
        throw problem("took longer than \(seconds) seconds for a batch and was stopped")
      }
      return output
    }
  }

  func problem(_ text: String) -> RunError {
    .metricCommand(command: words.joined(separator: " "), problem: text)
  }
}
