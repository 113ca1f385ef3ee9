// SPDX-License-Identifier: Apache-2.0

/// An access token that shows itself nowhere.
public struct SecretToken: Sendable, CustomStringConvertible, CustomReflectable {
  /// The token; only for the header it is sent in.
  let value: String

  /// Takes a token of visible ASCII characters; nil for anything else, which no header could hold.
  public init?(_ value: String) {
    let visible = value.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    guard !value.isEmpty, visible else { return nil }
    self.value = value
  }

  /// Says that there is a token, not which.
  public var description: String { "(secret token)" }

  /// Hides the token from dumps too.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
