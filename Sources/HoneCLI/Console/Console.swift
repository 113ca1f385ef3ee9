// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneReport

/// The command's two outputs: results on one, everything said beside them on the other.
struct Console: Sendable {
  /// Whether standard error is a terminal, where progress can be drawn.
  let isTerminal: Bool
  /// Whether standard output is a terminal.
  let outputIsTerminal: Bool
  /// Whether standard input is a terminal, where a question can be answered.
  let inputIsTerminal: Bool
  private let allowsColour: Bool

  init(isTerminal: Bool, outputIsTerminal: Bool, inputIsTerminal: Bool, allowsColour: Bool) {
    self.isTerminal = isTerminal
    self.outputIsTerminal = outputIsTerminal
    self.inputIsTerminal = inputIsTerminal
    self.allowsColour = allowsColour
  }

  /// The console of this process.
  static let standard: Console = {
    let environment = ProcessInfo.processInfo.environment
    let isDumb = environment["TERM"] == "dumb"
    return Console(
      isTerminal: isatty(STDERR_FILENO) == 1 && !isDumb,
      outputIsTerminal: isatty(STDOUT_FILENO) == 1 && !isDumb,
      inputIsTerminal: isatty(STDIN_FILENO) == 1,
      // https://no-color.org: set and not empty.
      allowsColour: (environment["NO_COLOR"] ?? "").isEmpty)
  }()

  /// The style of results.
  var outputStyle: TerminalStyle { outputIsTerminal && allowsColour ? .coloured : .plain }

  /// The style of what is said beside them.
  var errorStyle: TerminalStyle { isTerminal && allowsColour ? .coloured : .plain }

  /// Writes a result to standard output, with a line feed if it has none.
  func out(_ text: String) {
    Self.write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO)
  }

  /// Writes to standard error, with a line feed if it has none.
  func error(_ text: String) {
    Self.write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  /// Writes to standard error as it stands, for what is drawn over later.
  func draw(_ text: String) {
    Self.write(text, to: STDERR_FILENO)
  }

  /// The terminal's width and height.
  var size: (columns: Int, rows: Int) {
    var window = winsize()
    guard
      ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &window) == 0
        || ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0,
      window.ws_col > 0, window.ws_row > 0
    else { return (80, 24) }
    return (Int(window.ws_col), Int(window.ws_row))
  }

  /// Asks a yes or no question; no when nobody is there to answer.
  func confirm(_ question: String) -> Bool {
    guard inputIsTerminal else { return false }
    draw(question + " [y/N] ")
    let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
    return answer == "y" || answer == "yes"
  }

  /// Writes all bytes; a reader that went away ends the writing quietly.
  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR || errno == EAGAIN { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}
