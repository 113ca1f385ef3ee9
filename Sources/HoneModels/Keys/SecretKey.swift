// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A service's key that shows itself nowhere.
public struct SecretKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// The key; only for the header it is sent in.
  let value: String

  /// Takes a key of visible ASCII characters, white space around it left out; nil for anything else,
  /// which no header could hold.
  public init?(_ text: String) {
    let value = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !value.isEmpty, value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    self.value = value
  }

  /// Says that there is a key, not which.
  public var description: String { "(secret key)" }

  /// Hides the key from dumps too.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// A text in which the key does not stand, however the service echoed it.
  func hidden(in text: String) -> String {
    text.replacingOccurrences(of: value, with: "(secret key)")
  }
}
