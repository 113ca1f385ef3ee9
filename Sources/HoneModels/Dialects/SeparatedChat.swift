// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A chat with its system texts apart from its turns, as some services want it.
struct SeparatedChat: Sendable, Hashable {
  /// The system texts, one after the other; nil without any.
  var system: String?
  var turns: [Message]

  /// - Throws: `unsupported` for a text to complete and for a chat without a turn.
  init(_ input: ModelInput, model: String) throws(ModelError) {
    guard case .chat(let messages) = input else {
      throw ModelError(
        .unsupported,
        "the model \(model) answers chats and does not complete texts; "
          + "use another layout than raw, or a local model")
    }
    let texts = messages.filter { $0.role == .system }.map(\.content).filter { !$0.isEmpty }
    system = texts.isEmpty ? nil : texts.joined(separator: "\n\n")
    turns = messages.filter { $0.role != .system }
    guard !turns.isEmpty else {
      throw ModelError(
        .unsupported,
        "the model \(model) needs a turn of the user, and the prompt is system text alone")
    }
  }
}
