// SPDX-License-Identifier: Apache-2.0

/// One turn of a chat.
public struct Message: Sendable, Hashable, Codable {
  /// Who speaks.
  public enum Role: String, Sendable, Hashable, Codable {
    case system, user, assistant
  }

  /// Who speaks.
  public var role: Role
  /// What is said.
  public var content: String
  /// What is shown with it, before the text; nil for nothing.
  public var images: [ImagePart]?

  /// Creates a turn.
  public init(_ role: Role, _ content: String, images: [ImagePart]? = nil) {
    self.role = role
    self.content = content
    self.images = images
  }
}

/// What a model is given: a chat to answer or a text to complete.
public enum ModelInput: Sendable, Hashable, Codable {
  /// A chat; the model's own template turns it into tokens.
  case chat([Message])
  /// A text to complete as it stands.
  case text(String)
}
