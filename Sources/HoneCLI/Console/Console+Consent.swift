// SPDX-License-Identifier: Apache-2.0

extension Console {
  /// Asks before something is deleted.
  /// - Throws: `CommandFailure` when nobody can be asked, `CommandEnd` when the answer is no.
  func requireConsent(_ given: Bool, to question: String) throws {
    guard !given else { return }
    guard inputIsTerminal else {
      throw CommandFailure.mistake("\(question) Add --yes: there is no terminal to ask on")
    }
    guard confirm(question) else {
      error("Nothing was deleted.")
      throw CommandEnd(code: .done)
    }
  }
}
