// SPDX-License-Identifier: Apache-2.0

extension ModelInput {
  /// The number of images in a chat.
  public var imageCount: Int {
    guard case .chat(let messages) = self else { return 0 }
    return messages.reduce(0) { $0 + ($1.images?.count ?? 0) }
  }

  /// The input with images shown in the chat's last turn of the user; a text stays as it is.
  public func showing(_ images: [ImagePart]?) -> ModelInput {
    guard let images, !images.isEmpty, case .chat(var messages) = self,
      let last = messages.lastIndex(where: { $0.role == .user })
    else { return self }
    messages[last].images = (messages[last].images ?? []) + images
    return .chat(messages)
  }
}
