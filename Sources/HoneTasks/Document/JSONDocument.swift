// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON text as a tree with places.
struct JSONDocument {
  private let bytes: [UInt8]
  /// The offsets at which lines begin.
  private let lineStarts: [Int]

  /// The root of the document, or nil when there are problems.
  static func read(_ text: String, into list: inout ProblemList) -> DocumentNode? {
    let document = JSONDocument(bytes: Array(text.utf8))
    do {
      let root = try JSONParser.parse(document.bytes, in: 0..<document.bytes.count)
      return document.converted(root)
    } catch {
      let place = document.position(of: error.offset)
      list.add(at: place, "", "the JSON cannot be read: \(error.message)")
      return nil
    }
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  private func position(of offset: Int) -> DocumentNode.Position {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let before = bytes[lineStarts[low]..<min(offset, bytes.count)]
    // Continuation bytes of UTF-8 are no characters of their own.
    return .init(line: low + 1, column: before.count { $0 & 0xC0 != 0x80 } + 1)
  }

  private func converted(_ node: JSONNode) -> DocumentNode {
    let content: DocumentNode.Content =
      switch node.content {
      case .null: .scalar("null", isPlain: true)
      case .bool(let value): .scalar(String(value), isPlain: true)
      case .number(let digits): .scalar(digits, isPlain: true)
      case .string(let text): .scalar(text, isPlain: false)
      case .array(let items): .list(items.map(converted))
      case .object(let members):
        .mapping(
          members.map {
            .init(key: $0.key, position: position(of: $0.offset), value: converted($0.value))
          })
      }
    return DocumentNode(content: content, position: position(of: node.range.lowerBound))
  }
}
