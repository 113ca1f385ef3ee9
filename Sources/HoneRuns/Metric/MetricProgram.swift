// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// A user's program that scores responses: it reads a line of JSON for each and writes one back.
///
/// The lines are those of `CommandInput` and `CommandOutput`.
struct MetricProgram: Sendable {
  var words: [String]
  var seconds: Double

  /// The outcomes of responses, in their order.
  /// - Throws: ``RunError/metricCommand(command:problem:)`` when the program cannot be started, takes
  ///   too long, ends with an error or writes something else.
  func outcomes(of lines: [CommandInput]) async throws -> [Outcome] {
    // The lines come from a file, not a pipe: a program that ends without reading them all would
    // otherwise end this process too, by SIGPIPE.
    let file = FileManager.default.temporaryDirectory.appending(path: "hone-\(UUID().uuidString)")
    do {
      try CommandInput.lines(lines).write(to: file)
    } catch {
      throw problem("got no input: \(file.path) cannot be written")
    }
    defer { try? FileManager.default.removeItem(at: file) }
    let output = try await limited { try await run(FilePath(file.path)) }
    do throws(CommandOutputError) {
      return try CommandOutput.outcomes(from: Data(output.utf8), ids: lines.map(\.id))
    } catch {
      throw problem("gave no scores: \(error)")
    }
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

  private func problem(_ text: String) -> RunError {
    .metricCommand(command: words.joined(separator: " "), problem: text)
  }
}
