// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The addresses at which a model is served, in the order they were given.
struct AddressList: Sendable, Hashable {
  /// The addresses, each once, without a slash at the end; at least one.
  let addresses: [String]
  /// Whether a comma makes it a list: then the model is the same wherever it is served.
  let isList: Bool

  /// One address.
  init(_ address: String) {
    addresses = [address]
    isList = false
  }

  /// Reads addresses with commas between them; a comma makes a list of a single one too.
  ///
  /// - Throws: What `check`, which brings an address into its form, finds wrong with one.
  init(
    reading text: String, check: (String) throws(ModelError) -> String
  ) throws(ModelError) {
    var found: [String] = []
    for part in text.split(separator: ",") {
      let address = try check(part.trimmingCharacters(in: .whitespaces))
      if !found.contains(address) { found.append(address) }
    }
    if found.isEmpty { found = [try check("")] }
    addresses = found
    isList = text.contains(",")
  }
}
