// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension Provider {
  /// Where it is: what its variable lists, with commas, else its own address.
  /// - Throws: `unusableModel` when there is none or one cannot be read.
  func addresses(in environment: [String: String]) throws(ModelError) -> AddressList {
    guard let variable = addressVariable, let text = environment[variable], !text.isEmpty else {
      guard !address.isEmpty else {
        throw ModelError(
          .unusableModel, "\(name) needs an address; set \(addressVariable ?? "it")")
      }
      return AddressList(address)
    }
    return try AddressList(reading: text) { (part) throws(ModelError) in
      let full = part.contains("://") ? part : "http://" + part
      guard let url = URL(string: full), url.host()?.isEmpty == false else {
        throw ModelError(
          .unusableModel, "the variable \(variable) holds no address that can be read")
      }
      return (full.hasSuffix("/") ? String(full.dropLast()) : full) + addressSuffix
    }
  }
}
