// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Finds a mistyped subcommand before the parser takes it for a stray argument.
enum SubcommandCheck {
  /// Looks at the words before the first flag.
  /// - Throws: `CommandFailure` with the nearest right word.
  static func check(_ arguments: [String]) throws(CommandFailure) {
    var names = ["hone"]
    var command: any ParsableCommand.Type = Hone.self
    var rest = arguments[...]
    while let word = rest.popFirst(), !word.hasPrefix("-"), word != "help" {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty else { return }
      guard let next = subcommands.first(where: { $0._commandName == word }) else {
        let there = subcommands.map { $0._commandName }
        throw .mistake(
          NearestName.message(
            "there is no command “\(names.joined(separator: " ")) \(word)”", for: word, among: there
          )
            + " See: \(names.joined(separator: " ")) --help")
      }
      names.append(word)
      command = next
    }
  }
}
