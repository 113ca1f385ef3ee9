// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A file of `Fixtures`, made by a script in `Scripts`.
enum Fixture {
  struct Missing: Error { let name: String }

  static func read<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
    guard let url else { throw Missing(name: name) }
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }
}
