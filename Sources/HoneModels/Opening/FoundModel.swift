// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import HoneCore

/// A model's name with all that it stands for.
struct FoundModel: Sendable {
  /// What of its place belongs to what it is.
  enum Place: Sendable, Hashable {
    /// The address: models of one name differ from server to server.
    case at(String)
    /// Whose it is alone: the user lists servers of one model, and may take others another time.
    case anywhere(String)
  }

  /// The name as it was given.
  let name: String
  /// The model's name at the service.
  let model: String
  let place: Place
  let capabilities: ModelCapabilities
  let courier: Courier

  /// What it is, as a model that writes or as one that embeds.
  func identity(as kind: String) -> ModelIdentity {
    let place: String =
      switch place {
      case .at(let address): address
      case .anywhere(let owner): "anywhere of " + owner
      }
    let content = "hone remote \(kind) 1\n\(type(of: courier.dialect))\n\(place)\n\(model)"
    let digest = SHA256.hash(data: Data(content.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    return ModelIdentity(name: name, digest: digest)
  }
}
