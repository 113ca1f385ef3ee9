// SPDX-License-Identifier: Apache-2.0

/// What an optimizer model is asked to write, in a form that suits chats and texts to continue.
public struct Ask: Sendable, Hashable {
  /// The question, as it is put to a model that chats.
  public var body: String
  /// How the wanted text begins, for a model that continues a text, such as "A better prompt:".
  public var cue: String

  /// Creates a question.
  public init(body: String, cue: String) {
    self.body = body
    self.cue = cue
  }
}
