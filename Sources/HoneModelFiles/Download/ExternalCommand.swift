// SPDX-License-Identifier: Apache-2.0

import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// A program that is run to its end, with what it wrote.
struct ExternalCommand: Sendable {
  /// A name looked up in `PATH`, or a path.
  var program: String
  var arguments: [String]
  /// Variables set on top of this process's own.
  var environment: [String: String] = [:]
  /// What it is given on standard input.
  var input = ""

  /// What a program that ended left.
  struct Ending: Sendable {
    var code: Int32
    var output: String
    var errors: String
  }

  /// Runs the program; a cancelled task ends it.
  /// - Throws: ``ModelFileError`` of kind `missingProgram` when it cannot be started.
  func run() async throws -> Ending {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
    var changes: [Environment.Key: String?] = [:]
    for (key, value) in environment {
      if let name = Environment.Key(rawValue: key) { changes[name] = value }
    }
    do {
      let result = try await Subprocess.run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(arguments), environment: .inherit.updating(changes),
        platformOptions: options, input: .string(input),
        output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
      try Task.checkCancellation()
      let code: Int32 =
        switch result.terminationStatus {
        case .exited(let code): Int32(code)
        case .signaled(let signal): 128 + Int32(signal)
        }
      return Ending(
        code: code, output: result.standardOutput, errors: result.standardError)
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      throw ModelFileError(
        .missingProgram,
        "The program `\(program)` could not be run: \(error). Install it, or put it on the PATH.")
    }
  }
}

/// Measures something every fifth of a second while something else goes on, and never after it.
func observing<Result>(
  _ measure: @escaping @Sendable () -> Void, during body: () async throws -> Result
) async throws -> Result {
  let watcher = Task {
    while !Task.isCancelled {
      measure()
      try? await Task.sleep(for: .milliseconds(200))
    }
  }
  do {
    let result = try await body()
    watcher.cancel()
    await watcher.value
    return result
  } catch {
    watcher.cancel()
    await watcher.value
    throw error
  }
}
