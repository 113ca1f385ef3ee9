// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneReport

/// Parses the command line, runs the command, and turns what goes wrong into words and a code.
struct CommandLineEntry: Sendable {
  let console: Console

  func run(_ arguments: [String]) async -> EndCode {
    do {
      try SubcommandCheck.check(arguments)
      var command = try Hone.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return .done
    } catch let end as CommandEnd {
      return end.code
    } catch {
      return report(error)
    }
  }

  private func report(_ error: any Error) -> EndCode {
    let code = Hone.exitCode(for: error)
    // Help, the version and completion scripts arrive as errors too.
    if code.isSuccess {
      console.out(Hone.fullMessage(for: error))
      return .done
    }
    if code == .validationFailure {
      console.error(UsageMessage.text(Hone.fullMessage(for: error)))
      return .mistake
    }
    let failure = CommandFailure(of: error)
    console.error("hone: " + failure.message)
    return failure.code
  }
}

/// The parser's message in the manner of all other errors.
enum UsageMessage {
  static func text(_ message: String) -> String {
    message.hasPrefix("Error: ") ? "hone: " + message.dropFirst("Error: ".count) : message
  }
}
