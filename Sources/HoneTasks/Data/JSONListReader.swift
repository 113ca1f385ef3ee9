// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON list of objects.
enum JSONListReader {
  static func read(
    _ bytes: [UInt8], from start: Int, into problems: inout ProblemList
  ) -> [DataRow] {
    let root: JSONNode
    do {
      root = try JSONParser.parse(bytes, in: start..<bytes.count)
    } catch {
      let before = bytes[start..<min(error.offset, bytes.count)]
      let line = before.count { $0 == 0x0A } + 1
      let inLine = before.suffix(from: before.lastIndex(of: 0x0A).map { $0 + 1 } ?? start)
      problems.add(
        line: line, column: inLine.count { $0 & 0xC0 != 0x80 } + 1,
        "the file is not JSON: \(error.message)",
        advice: line > 1 && error.message.hasPrefix("more text")
          ? "a file with an object on each line must end in .jsonl" : nil)
      return []
    }
    guard case .array(let items) = root.content else {
      problems.add(
        line: 1, "the file must be a list of objects, not \(root.described)",
        advice: "a file with an object on each line must end in .jsonl")
      return []
    }
    var rows: [DataRow] = []
    var line = 1
    var offset = start
    for item in items {
      line += bytes[offset..<item.range.lowerBound].count { $0 == 0x0A }
      offset = item.range.lowerBound
      guard item.range.count <= DataTable.maximumRowLength else {
        problems.add(
          line: line, "the row has \(item.range.count) bytes; a row may have at most 1 MB")
        continue
      }
      if let row = DataRow(item, line: line, in: bytes, into: &problems) { rows.append(row) }
    }
    return rows
  }
}
