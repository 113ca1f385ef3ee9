// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The name of a model behind an API: `PROVIDER:MODEL` or `http://HOST:PORT/v1#MODEL`, with several
/// addresses as `http://A/v1,http://B/v1#MODEL`.
public struct RemoteModelName: Sendable, Hashable {
  /// Where the model is.
  enum Place: Sendable, Hashable {
    /// With a provider of that name.
    case provider(String)
    /// At addresses that end before `/chat/completions`.
    case addresses(AddressList)
  }

  let place: Place
  /// The model's name at the service.
  let model: String

  /// The names of the providers.
  public static var providers: [String] { Provider.all.map(\.name) }

  /// Whether a name is one of a model behind an API, well written or not.
  public static func isRemote(_ name: String) -> Bool {
    isAddress(name) || Provider.all.contains { name.hasPrefix($0.name + ":") }
  }

  private static func isAddress(_ name: String) -> Bool {
    let start = name.lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// Reads a name.
  /// - Throws: `unusableModel` for one that is not well written, with what it should be.
  public init(_ name: String) throws(ModelError) {
    if Self.isAddress(name) {
      guard let mark = name.lastIndex(of: "#") else {
        throw Self.bad(
          name, "does not say which model; write it after #, as in http://127.0.0.1:8000/v1#MODEL")
      }
      place = .addresses(
        try AddressList(reading: String(name[..<mark])) { (address) throws(ModelError) in
          try Self.checked(address, in: name)
        })
      model = String(name[name.index(after: mark)...])
    } else if let colon = name.firstIndex(of: ":") {
      place = .provider(String(name[..<colon]))
      model = String(name[name.index(after: colon)...])
    } else {
      throw Self.bad(name, "is not of the form PROVIDER:MODEL or http://HOST:PORT/v1#MODEL")
    }
    if case .provider(let provider) = place, Provider.named(provider) == nil {
      throw Self.bad(
        name, "names no provider; there are \(Self.providers.joined(separator: ", "))")
    }
    let isPlain = model.unicodeScalars.allSatisfy { !CharacterSet.controlCharacters.contains($0) }
    guard !model.isEmpty, model.utf8.count <= 256, isPlain else {
      throw Self.bad(name, "must end with the model's name, of at most 256 bytes")
    }
  }

  private static func checked(_ address: String, in name: String) throws(ModelError) -> String {
    let url = isAddress(address) ? URL(string: address) : nil
    let holdsUser = url.map { $0.user() != nil || $0.password() != nil }
    guard !(holdsUser ?? address.contains("@")) else {
      throw ModelError(
        .unusableModel,
        "an address must not hold a user name or a password; set HONE_SERVER_KEY in the environment"
      )
    }
    guard let url, url.host()?.isEmpty == false else {
      throw bad(
        name,
        "has an address that cannot be read; write http://HOST:PORT/v1, with commas between several"
      )
    }
    guard url.query() == nil else {
      throw ModelError(
        .unusableModel, "an address must not hold a query (what follows ?); leave it out")
    }
    for ending in ["/chat/completions", "/completions", "/"] where address.hasSuffix(ending) {
      return String(address.dropLast(ending.count))
    }
    return address
  }

  private static func bad(_ name: String, _ problem: String) -> ModelError {
    let visible = name.prefix(200).filter { !$0.unicodeScalars.contains { $0.value < 32 } }
    return ModelError(.unusableModel, "the model “\(visible)” \(problem)")
  }
}
