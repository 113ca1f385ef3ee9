// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A value kept as canonical JSON in a text column.
enum JSONColumn {
  static func write(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
  }

  static func read<Value: Decodable>(
    _ type: Value.Type, from text: String, table: String
  ) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw DamagedRow(table: table, problem: "\(error)")
    }
  }
}
