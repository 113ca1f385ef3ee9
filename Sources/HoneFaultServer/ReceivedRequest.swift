// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A request that came to the server.
public struct ReceivedRequest: Sendable, Hashable {
  /// The path, such as `/v1/chat/completions`.
  public var path: String
  /// The header that may hold a key.
  public var authorization: String?
  /// The body's bytes.
  public var body: Data
  /// How it was failed, or nil when it was answered.
  public var fault: Fault?
}
