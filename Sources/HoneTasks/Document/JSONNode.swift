// SPDX-License-Identifier: Apache-2.0

/// A JSON value with its place in the bytes it was read from.
///
/// Keys keep their order and numbers their digits, which Foundation's reader gives up.
struct JSONNode: Sendable {
  struct Member: Sendable {
    var key: String
    var offset: Int
    var value: JSONNode
  }

  indirect enum Content: Sendable {
    case null
    case bool(Bool)
    /// The digits as written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])
  }

  var content: Content
  /// The bytes of the value.
  var range: Range<Int>

  /// What kind of value it is, in words.
  var described: String {
    switch content {
    case .null: "null"
    case .bool(let value): String(value)
    case .number(let digits): digits
    case .string(let text): "the text \"\(DocumentNode.shortened(text))\""
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// Where and why bytes are not JSON.
struct JSONSyntaxError: Error, Sendable, Hashable {
  var offset: Int
  var message: String
}
