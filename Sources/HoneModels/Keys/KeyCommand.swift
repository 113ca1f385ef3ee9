// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Subprocess

/// A command that prints a key.
enum KeyCommand {
  /// How a command ended.
  struct Ending: Sendable {
    var code: Int
    var output: String
  }

  /// Runs a command with the shell; it may print 64 KB.
  /// - Throws: `unusableModel` when it cannot be started; what it wrote is in no error.
  static func run(_ command: String) async throws -> Ending {
    do {
      let result = try await Subprocess.run(
        .name("sh"), arguments: ["-c", command], output: .string(limit: 1 << 16),
        error: .discarded)
      let code: Int =
        switch result.terminationStatus {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
      return Ending(code: code, output: result.standardOutput)
    } catch is SubprocessError {
      throw ModelError(.unusableModel, "the command that prints the key could not be run")
    }
  }
}
