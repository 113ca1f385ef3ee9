// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON value (RFC 8259) from a range of bytes.
///
/// Stricter than the RFC asks: a repeated key, half a surrogate pair and more than 64 levels are
/// errors.
struct JSONParser {
  static let maximumDepth = 64

  private let bytes: [UInt8]
  private let end: Int
  private var index: Int

  /// The only value in the range, white space around it allowed.
  static func parse(
    _ bytes: [UInt8], in range: Range<Int>
  ) throws(JSONSyntaxError) -> JSONNode {
    var parser = JSONParser(bytes: bytes, end: range.upperBound, index: range.lowerBound)
    let node = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.index == parser.end else {
      throw parser.error("more text follows the value")
    }
    return node
  }

  private init(bytes: [UInt8], end: Int, index: Int) {
    self.bytes = bytes
    self.end = end
    self.index = index
  }

  private var next: UInt8? { index < end ? bytes[index] : nil }

  private func error(_ message: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: index, message: message)
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONNode {
    guard depth < Self.maximumDepth else {
      throw error("more than \(Self.maximumDepth) levels are nested")
    }
    skipSpace()
    let start = index
    let content: JSONNode.Content
    switch next {
    case UInt8(ascii: "{"): content = .object(try members(depth: depth))
    case UInt8(ascii: "["): content = .array(try items(depth: depth))
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "t"): content = try word("true", .bool(true))
    case UInt8(ascii: "f"): content = try word("false", .bool(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    case nil: throw error("a value is missing at the end")
    case .some(let byte) where byte == UInt8(ascii: "-") || Self.isDigit(byte):
      content = .number(try number())
    case .some(let byte): throw error("a value cannot begin with \(Self.named(byte))")
    }
    return JSONNode(content: content, range: start..<index)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func named(_ byte: UInt8) -> String {
    switch byte {
    case 0: "a NUL byte"
    case 0x21...0x7E: String(UnicodeScalar(byte))
    default: "byte 0x" + String(byte, radix: 16, uppercase: true)
    }
  }

  private mutating func word(
    _ word: String, _ content: JSONNode.Content
  ) throws(JSONSyntaxError) -> JSONNode.Content {
    guard end - index >= word.utf8.count, bytes[index...].starts(with: word.utf8) else {
      throw error("expected \(word)")
    }
    index += word.utf8.count
    return content
  }

  private mutating func items(depth: Int) throws(JSONSyntaxError) -> [JSONNode] {
    index += 1
    var items: [JSONNode] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      index += 1
      return []
    }
    while true {
      items.append(try value(depth: depth + 1))
      if try ended(by: UInt8(ascii: "]"), "list") { return items }
    }
  }

  private mutating func members(depth: Int) throws(JSONSyntaxError) -> [JSONNode.Member] {
    index += 1
    var members: [JSONNode.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if next == UInt8(ascii: "}") {
      index += 1
      return []
    }
    while true {
      skipSpace()
      let offset = index
      guard next == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
      let key = try string()
      guard keys.insert(key).inserted else {
        throw JSONSyntaxError(
          offset: offset, message: "the key \"\(DocumentNode.shortened(key))\" stands twice")
      }
      skipSpace()
      guard next == UInt8(ascii: ":") else { throw error("expected : after a key") }
      index += 1
      members.append(.init(key: key, offset: offset, value: try value(depth: depth + 1)))
      if try ended(by: UInt8(ascii: "}"), "object") { return members }
    }
  }

  /// Steps over a comma or the closing bracket; true for the bracket.
  private mutating func ended(
    by bracket: UInt8, _ what: String
  ) throws(JSONSyntaxError) -> Bool {
    skipSpace()
    guard let byte = next else {
      throw error("the \(what) is not closed by \(UnicodeScalar(bracket))")
    }
    guard byte == bracket || byte == UInt8(ascii: ",") else {
      throw error("expected , or \(UnicodeScalar(bracket)) in the \(what)")
    }
    index += 1
    return byte == bracket
  }

  private mutating func digits() -> Int {
    let start = index
    while let byte = next, Self.isDigit(byte) { index += 1 }
    return index - start
  }

  private mutating func number() throws(JSONSyntaxError) -> String {
    let start = index
    if next == UInt8(ascii: "-") { index += 1 }
    let first = next
    let whole = digits()
    guard whole > 0 else { throw error("expected a digit") }
    guard whole == 1 || first != UInt8(ascii: "0") else {
      throw JSONSyntaxError(offset: start, message: "a number cannot begin with 0")
    }
    if next == UInt8(ascii: ".") {
      index += 1
      guard digits() > 0 else { throw error("expected a digit") }
    }
    if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
      index += 1
      if let sign = next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { index += 1 }
      guard digits() > 0 else { throw error("expected a digit") }
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }
}

extension JSONParser {
  private mutating func string() throws(JSONSyntaxError) -> String {
    let opening = index
    index += 1
    var text = ""
    var start = index
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        text += try plain(from: start)
        index += 1
        return text
      case UInt8(ascii: "\\"):
        text += try plain(from: start)
        text.unicodeScalars.append(try escaped())
        start = index
      case 0..<0x20:
        let name = byte == 0 ? "a NUL byte" : byte == 0x0A ? "a line break" : "a control character"
        throw error("\(name) stands in a text")
      default: index += 1
      }
    }
    throw JSONSyntaxError(offset: opening, message: "a text has no closing quote")
  }

  private func plain(from start: Int) throws(JSONSyntaxError) -> String {
    guard start < index else { return "" }
    guard let text = String(validating: bytes[start..<index], as: UTF8.self) else {
      throw JSONSyntaxError(offset: start, message: "a text is not valid UTF-8")
    }
    return text
  }

  private mutating func escaped() throws(JSONSyntaxError) -> Unicode.Scalar {
    index += 1
    guard let byte = next else { throw error("a text has no closing quote") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      throw JSONSyntaxError(
        offset: index - 2, message: "\\\(Self.named(byte)) is not an escape of JSON")
    }
  }

  private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = index - 2
    let first = try hexUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, index + 1 < end, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    {
      index += 2
      let second = try hexUnit()
      if (0xDC00...0xDFFF).contains(second) {
        let code = (UInt32(first) - 0xD800) << 10 | (UInt32(second) - 0xDC00)
        if let scalar = Unicode.Scalar(0x10000 + code) { return scalar }
      }
    }
    throw JSONSyntaxError(offset: start, message: "half of a surrogate pair is not a character")
  }

  private mutating func hexUnit() throws(JSONSyntaxError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Self.hexDigit(byte) else {
        throw error("expected four hexadecimal digits")
      }
      unit = unit << 4 | digit
      index += 1
    }
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte) - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte) - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte) - 55
    default: nil
    }
  }
}
