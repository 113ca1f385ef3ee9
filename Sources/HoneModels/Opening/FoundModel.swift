// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import HoneCore

/// A model's name with all that it stands for.
struct FoundModel: Sendable {
  /// The name as it was given.
  let name: String
  /// The model's name at the service.
  let model: String
  let address: String
  let capabilities: ModelCapabilities
  let courier: Courier

  /// What it is, as a model that writes or as one that embeds.
  func identity(as kind: String) -> ModelIdentity {
    let content = "hone remote \(kind) 1\n\(type(of: courier.dialect))\n\(address)\n\(model)"
    let digest = SHA256.hash(data: Data(content.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    return ModelIdentity(name: name, digest: digest)
  }
}
