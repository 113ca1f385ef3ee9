// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An image that is shown to a model with a message.
public struct ImagePart: Sendable, Hashable, Codable {
  /// The forms that all providers of vision models read.
  public enum MediaType: String, Sendable, Hashable, Codable, CaseIterable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case webp = "image/webp"
    case gif = "image/gif"

    /// The form of an image's bytes, told by how they begin; nil for anything else.
    public init?(of data: Data) {
      let start = [UInt8](data.prefix(12))
      func has(_ bytes: [UInt8], at place: Int = 0) -> Bool {
        start.dropFirst(place).starts(with: bytes)
      }
      if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
        self = .png
      } else if has([0xFF, 0xD8, 0xFF]) {
        self = .jpeg
      } else if has(Array("RIFF".utf8)), has(Array("WEBP".utf8), at: 8) {
        self = .webp
      } else if has(Array("GIF87a".utf8)) || has(Array("GIF89a".utf8)) {
        self = .gif
      } else {
        return nil
      }
    }
  }

  /// What to count for an image where no service counts, in tokens.
  public static let reckonedTokens = 1600

  /// The form of the bytes.
  public var mediaType: MediaType
  /// The image's bytes.
  public var data: Data

  /// Creates an image of a form.
  public init(mediaType: MediaType, data: Data) {
    self.mediaType = mediaType
    self.data = data
  }

  /// Creates an image from its bytes; nil when they are of no form that models read.
  public init?(_ data: Data) {
    guard let mediaType = MediaType(of: data) else { return nil }
    self.init(mediaType: mediaType, data: data)
  }
}
