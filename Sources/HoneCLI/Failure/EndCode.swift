// SPDX-License-Identifier: Apache-2.0

/// What the exit code of the command says; `Documentation/command.md` lists them.
enum EndCode: Int32, Sendable {
  /// The command did what it was asked.
  case done = 0
  /// The work failed.
  case failed = 1
  /// A mistake in the command line, the task file or the data.
  case mistake = 2
  /// A model is not here or cannot be used.
  case modelUnavailable = 3
  /// The budget is below what the optimizer needs.
  case budgetTooSmall = 4
  /// Interrupted; the run can be resumed.
  case interrupted = 5
  /// A mistake in Hone itself.
  case internalError = 70
}

/// Ends the command with a code after everything was said.
struct CommandEnd: Error {
  let code: EndCode
}
