// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension DocumentNode {
  /// The value as JSON; unquoted numbers, truth values and null are no texts.
  var json: JSONValue {
    switch content {
    case .list(let items): return .array(items.map(\.json))
    case .mapping(let members):
      return .object(
        Dictionary(members.map { ($0.key, $0.value.json) }, uniquingKeysWith: { first, _ in first })
      )
    case .scalar(let text, _):
      if isNull { return .null }
      return flag.map(JSONValue.bool) ?? number.map(JSONValue.number) ?? .string(text)
    }
  }
}
