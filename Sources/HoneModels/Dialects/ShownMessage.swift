// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension Message {
  /// The content as services want it: the text alone, or parts with the images first.
  func content(image: (ImagePart) -> JSONValue) -> JSONValue {
    guard let images, !images.isEmpty else { return .string(content) }
    return .array(
      images.map(image) + [.object(["type": .string("text"), "text": .string(content)])])
  }
}

extension ImagePart {
  /// The bytes as text.
  var base64: String { data.base64EncodedString() }
}
