// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How work is shown.
struct OutputOptions: ParsableArguments {
  @Flag(help: "One JSON event a line on standard output.")
  var json = false

  @Flag(help: "No progress, the result alone.")
  var quiet = false

  func validate() throws {
    if json, quiet { throw ValidationError("choose --json or --quiet, not both") }
  }

  /// The form that suits the flags and the console.
  func form(on console: Console) -> RunDisplay.Form {
    if json { return .json }
    if quiet { return .quiet }
    return console.isTerminal ? .live : .lines
  }
}
