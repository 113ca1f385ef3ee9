// SPDX-License-Identifier: Apache-2.0

/// Reads tables of text with a header line.
struct DelimitedReader {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let allowsQuotes: Bool
  private var index: Int
  private var line = 1

  /// Reads comma-separated values.
  ///
  /// After RFC 4180; a quote within an unquoted field is an ordinary character.
  static func readCSV(
    _ bytes: [UInt8], from start: Int, into problems: inout ProblemList
  ) -> [DataRow] {
    var reader = DelimitedReader(bytes, delimiter: UInt8(ascii: ","), quotes: true, from: start)
    return reader.rows(into: &problems)
  }

  /// Reads tab-separated values; quotes are ordinary characters.
  static func readTSV(
    _ bytes: [UInt8], from start: Int, into problems: inout ProblemList
  ) -> [DataRow] {
    var reader = DelimitedReader(bytes, delimiter: 0x09, quotes: false, from: start)
    return reader.rows(into: &problems)
  }

  private init(_ bytes: [UInt8], delimiter: UInt8, quotes: Bool, from start: Int) {
    self.bytes = bytes
    self.delimiter = delimiter
    allowsQuotes = quotes
    index = start
  }

  private struct Fault: Error {
    var line: Int
    var message: String
    var advice: String?
  }

  private mutating func rows(into problems: inout ProblemList) -> [DataRow] {
    var header: [String]?
    var rows: [DataRow] = []
    while index < bytes.count {
      let first = line
      do throws(Fault) {
        let fields = try record()
        if fields == [""] { continue }
        guard let names = header else {
          header = fields
          if !Self.check(header: fields, line: first, into: &problems) { return [] }
          continue
        }
        guard fields.count == names.count else {
          throw Fault(
            line: first,
            message: "the row has \(fields.count) fields, the header has \(names.count)",
            advice: fields.count > names.count && allowsQuotes
              ? "put fields that hold a comma in double quotes" : nil)
        }
        rows.append(
          DataRow(line: first, cells: zip(names, fields).map { .init(name: $0, value: .text($1)) }))
      } catch {
        problems.add(line: error.line, error.message, advice: error.advice)
      }
    }
    return rows
  }

  private static func check(
    header: [String], line: Int, into problems: inout ProblemList
  ) -> Bool {
    var seen: Set<String> = []
    var isFine = true
    for name in header {
      if name.allSatisfy(\.isWhitespace) {
        problems.add(line: line, "a column of the header has no name")
        isFine = false
      } else if !seen.insert(name).inserted {
        problems.add(
          line: line, "two columns are named \"\(DocumentNode.shortened(name))\"",
          advice: "rename one")
        isFine = false
      }
    }
    return isFine
  }

  /// The fields of the next record; on an error the rest of its line is skipped.
  private mutating func record() throws(Fault) -> [String] {
    let start = index
    var fields: [String] = []
    while true {
      do throws(Fault) {
        let field = try field()
        guard index - start <= DataTable.maximumRowLength else {
          throw Fault(line: line, message: "the row has more than 1 MB; is a quote not closed?")
        }
        fields.append(field)
      } catch {
        skipLine()
        throw error
      }
      guard index < bytes.count else { return fields }
      let byte = bytes[index]
      index += 1
      if byte == delimiter { continue }
      // A line break: LF, CRLF or, as old files have it, CR.
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      line += 1
      return fields
    }
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    index += 1
    line += 1
  }

  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// One field; the index is then at a delimiter, a line break or the end.
  private mutating func field() throws(Fault) -> String {
    if allowsQuotes, index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
      return try quotedField()
    }
    let start = index
    while index < bytes.count, bytes[index] != delimiter, !isBreak(bytes[index]) { index += 1 }
    return try text(start..<index)
  }

  private mutating func quotedField() throws(Fault) -> String {
    let opening = (index: index, line: line)
    var result = ""
    index += 1
    var start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        result += try text(start..<index)
        index += 1
        guard index < bytes.count else { return result }
        guard bytes[index] == byte else {
          if bytes[index] == delimiter || isBreak(bytes[index]) { return result }
          throw Fault(
            line: line, message: "text follows the closing quote of a field",
            advice: "write a quote within a quoted field twice")
        }
        result += "\""
        start = index + 1
      } else if byte == 0x0A || (byte == 0x0D && !bytes[index...].dropFirst().starts(with: [0x0A]))
      {
        line += 1
      }
      index += 1
    }
    // Only the opening line is skipped, so that one lost quote does not hide the other mistakes.
    index = opening.index
    line = opening.line
    throw Fault(
      line: line, message: "a quoted field is not closed",
      advice: "write a quote within a quoted field twice")
  }

  private func text(_ range: Range<Int>) throws(Fault) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw Fault(line: line, message: "the text is not valid UTF-8", advice: "save it as UTF-8")
    }
    guard !bytes[range].contains(0) else {
      throw Fault(line: line, message: "a NUL byte stands in the text")
    }
    return text
  }
}
