// SPDX-License-Identifier: Apache-2.0

/// Reads JSON lines: an object on each line, empty lines skipped.
enum JSONLinesReader {
  static func read(
    _ bytes: [UInt8], from start: Int, into problems: inout ProblemList
  ) -> [DataRow] {
    var rows: [DataRow] = []
    var line = 0
    var begin = start
    while begin < bytes.count {
      line += 1
      let end = bytes[begin...].firstIndex(of: 0x0A) ?? bytes.count
      if let row = row(bytes, begin..<end, line: line, into: &problems) { rows.append(row) }
      begin = end + 1
    }
    return rows
  }

  private static func row(
    _ bytes: [UInt8], _ range: Range<Int>, line: Int, into problems: inout ProblemList
  ) -> DataRow? {
    guard bytes[range].contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else {
      return nil
    }
    guard range.count <= DataTable.maximumRowLength else {
      problems.add(
        line: line, "the line has \(range.count) bytes; a row may have at most 1 MB",
        advice: "is a line break missing?")
      return nil
    }
    do {
      let node = try JSONParser.parse(bytes, in: range)
      return DataRow(node, line: line, in: bytes, into: &problems)
    } catch {
      let before = bytes[range.lowerBound..<min(error.offset, range.upperBound)]
      problems.add(
        line: line, column: before.count { $0 & 0xC0 != 0x80 } + 1,
        "the line is not JSON: \(error.message)")
      return nil
    }
  }
}

extension DataRow {
  /// Creates a row of a JSON object; reports any other value.
  init?(_ node: JSONNode, line: Int, in bytes: [UInt8], into problems: inout ProblemList) {
    guard case .object(let members) = node.content else {
      problems.add(line: line, "a row must be an object, not \(node.described)")
      return nil
    }
    self.init(
      line: line,
      cells: members.map { Cell(name: $0.key, value: Value($0.value, in: bytes)) })
  }
}

extension DataRow.Value {
  fileprivate init(_ node: JSONNode, in bytes: [UInt8]) {
    if let text = node.scalarText {
      self = .text(text)
      return
    }
    switch node.content {
    case .array(let items):
      let source = String(decoding: bytes[node.range], as: UTF8.self)
      let texts = items.compactMap(\.scalarText)
      self = texts.count == items.count ? .texts(texts, source: source) : .nested(source: source)
    case .object:
      self = .nested(source: String(decoding: bytes[node.range], as: UTF8.self))
    default: self = .null
    }
  }
}

extension JSONNode {
  /// A text, or a number or truth value as it is written; nil for null, lists and objects.
  fileprivate var scalarText: String? {
    switch content {
    case .string(let text): text
    case .number(let digits): digits
    case .bool(let value): String(value)
    case .null, .array, .object: nil
    }
  }
}
