// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTasks

@Suite("Data readers")
struct DataReaderTests {
  /// The rows as `line: name=value, …` and the problems as texts.
  private func read(_ text: String, _ format: DataFormat) -> (rows: [String], problems: [String]) {
    read(Array(text.utf8), format)
  }

  private func read(_ bytes: [UInt8], _ format: DataFormat) -> (rows: [String], problems: [String])
  {
    var list = ProblemList(file: "f", limit: DataTable.maximumProblems)
    let rows = DataTable.rows(bytes, format: format, into: &list)
    let shown = rows.map { row in
      let cells = row.cells.map { cell in
        switch cell.value {
        case .text(let text): "\(cell.name)=\(text)"
        case .texts(let texts, _): "\(cell.name)=\(texts)"
        case .nested(let source): "\(cell.name)=nested \(source)"
        case .null: "\(cell.name)=null"
        }
      }
      return "\(row.line): " + cells.joined(separator: ", ")
    }
    return (shown, ProblemList.error([list])?.description.components(separatedBy: "\n") ?? [])
  }

  @Test("JSON lines keep the order of keys, the digits of numbers and the lines")
  func jsonLines() {
    let text = """
      {"b": 1.50, "a": true, "big": 12345678901234567890123}

      {"a":"x\\n\\u00e9\\ud83d\\ude42\\/","n":null,"l":["y",2,false],"o":{"p":[1, 2]}}\r
      """
    let read = read(text, .jsonl)
    #expect(read.problems == [])
    #expect(
      read.rows == [
        "1: b=1.50, a=true, big=12345678901234567890123",
        #"3: a=x"# + "\n" + #"é🙂/, n=null, l=["y", "2", "false"], o=nested {"p":[1, 2]}"#,
      ])
  }

  @Test(
    "A line that is no JSON object is told with line and column, and the others are read",
    arguments: [
      (#"{"a": 1"#, "f:2:8: the line is not JSON: the object is not closed by }"),
      (#"{"a": 1}}"#, "f:2:9: the line is not JSON: more text follows the value"),
      (#"{"é": x}"#, "f:2:7: the line is not JSON: a value cannot begin with x"),
      (#"{"a": "b}"#, "f:2:7: the line is not JSON: a text has no closing quote"),
      (#"{"a": 1, "a": 2}"#, #"f:2:10: the line is not JSON: the key "a" stands twice"#),
      (
        #"{"a": "\ud83d"}"#,
        "f:2:8: the line is not JSON: half of a surrogate pair is not a character"
      ),
      (#"{"a": "\q"}"#, #"f:2:8: the line is not JSON: \q is not an escape of JSON"#),
      (#"{"a": 01}"#, "f:2:7: the line is not JSON: a number cannot begin with 0"),
      (#"{"a": NaN}"#, "f:2:7: the line is not JSON: a value cannot begin with N"),
      (#"{a: 1}"#, "f:2:2: the line is not JSON: expected a key in double quotes"),
      (#"{"a": 1,}"#, "f:2:9: the line is not JSON: expected a key in double quotes"),
      ("{\"a\": \"\u{0}\"}", "f:2:8: the line is not JSON: a NUL byte stands in a text"),
      ("[1]", "f:2: a row must be an object, not a list"),
      ("x", "f:2:1: the line is not JSON: a value cannot begin with x"),
      (
        String(repeating: "[", count: 65),
        "f:2:65: the line is not JSON: more than 64 levels are nested"
      ),
    ])
  func badJSONLine(line: String, message: String) {
    let read = read("{\"a\": 0}\n\(line)\n{\"a\": 2}\n", .jsonl)
    #expect(read.problems == [message])
    #expect(read.rows == ["1: a=0", "3: a=2"])
  }

  @Test("Bytes that are not UTF-8 are told with their line", arguments: [DataFormat.jsonl, .csv])
  func badUTF8(format: DataFormat) {
    let quote = Array("\"".utf8)
    let row = format == .csv ? [0xC3, 0x28] : Array("{\"a\":".utf8) + quote + [0xFF] + quote
    let first = format == .csv ? "a\n" : "{\"a\": 1}\n"
    let problems = read(Array(first.utf8) + row, format).problems
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("f:2") == true)
    #expect(problems.first?.contains("not valid UTF-8") == true)
  }

  @Test("A byte order mark is skipped, and UTF-16 is told")
  func byteOrderMarks() {
    #expect(read("\u{FEFF}{\"a\": 1}", .jsonl).rows == ["1: a=1"])
    #expect(read("\u{FEFF}a,b\n1,2", .csv).rows == ["2: a=1, b=2"])
    #expect(
      read([0xFF, 0xFE, 0x61, 0x00], .csv).problems == [
        "f:1: the file is UTF-16; save it as UTF-8"
      ])
  }

  @Test(
    "A row of more than 1 MB is refused by its length", arguments: [DataFormat.jsonl, .json, .csv])
  func hugeRows(format: DataFormat) {
    let text = String(repeating: "x", count: DataTable.maximumRowLength)
    let file =
      switch format {
      case .jsonl: "{\"a\": 1}\n{\"a\": \"\(text)\"}\n"
      case .json: "[{\"a\": 1},\n{\"a\": \"\(text)\"}]"
      case .csv, .tsv: "a\n\(text)x\n"
      }
    let problems = read(file, format).problems
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("f:2: the ") == true)
    #expect(problems.first?.contains("1 MB") == true)
  }

  @Test("CSV fields may be quoted, hold breaks, commas and quotes, and end in CRLF")
  func csv() {
    let read = read(
      "a,b\r\n\"x, \"\"y\"\"\r\nz\",1\r\n\r\n 5\" pipe ,\n\"\",\"q\"\n\"last\",2", .csv)
    #expect(read.problems == [])
    #expect(
      read.rows == [
        "2: a=x, \"y\"\r\nz, b=1", "5: a= 5\" pipe , b=", "6: a=, b=q", "7: a=last, b=2",
      ])
  }

  @Test(
    "Mistakes in CSV are told with their line, and the rows after them are read",
    arguments: [
      ("1", "f:2: the row has 1 fields, the header has 2"),
      (
        "1,2,3",
        "f:2: the row has 3 fields, the header has 2; put fields that hold a comma in double quotes"
      ),
      (
        "\"a\"b,2",
        "f:2: text follows the closing quote of a field; write a quote within a quoted field twice"
      ),
      ("\u{0},1", "f:2: a NUL byte stands in the text"),
    ])
  func badCSV(row: String, message: String) {
    let read = read("a,b\n\(row)\n3,4\n", .csv)
    #expect(read.problems == [message])
    #expect(read.rows == ["3: a=3, b=4"])
  }

  @Test("A quote that is never closed is told where it was opened")
  func openQuote() {
    let read = read("a,b\n1,2\n3,\"4\n5,6\n", .csv)
    #expect(
      read.problems == [
        "f:3: a quoted field is not closed; write a quote within a quoted field twice"
      ])
  }

  @Test("A header needs names that differ")
  func header() {
    #expect(read("a,a\n1,2", .csv).problems == ["f:1: two columns are named \"a\"; rename one"])
    #expect(read("a,\n1,2", .csv).problems == ["f:1: a column of the header has no name"])
  }

  @Test("In TSV quotes are ordinary characters")
  func tsv() {
    #expect(read("a\tb\n\"x\t\"y\" z\r\n", .tsv).rows == ["2: a=\"x, b=\"y\" z"])
  }

  @Test("A JSON list is read, and told where it breaks")
  func jsonList() {
    #expect(read("[\n{\"a\": 1},\n {\"a\": [1]}]", .json).rows == ["2: a=1", "3: a=[\"1\"]"])
    #expect(
      read("[\n{\"a\": 1},\n {\"é\" 1}]", .json).problems == [
        "f:3:7: the file is not JSON: expected : after a key"
      ])
    #expect(
      read("{\"a\": 1}\n{\"a\": 2}\n", .json).problems == [
        "f:2:1: the file is not JSON: more text follows the value; "
          + "a file with an object on each line must end in .jsonl"
      ])
    #expect(read("[1]", .json).problems == ["f:1: a row must be an object, not 1"])
  }

  @Test("A file without rows says so", arguments: DataFormat.allCases)
  func empty(format: DataFormat) {
    let text = format == .json ? "[]" : format == .jsonl ? "\n\n" : "a,b\n"
    #expect(read(text, format).problems == ["f:1: the file holds no rows"])
  }

  @Test("At most 20 problems of a data file are listed and the others counted")
  func capped() {
    let problems = read(String(repeating: "x\n", count: 50), .jsonl).problems
    #expect(problems.count == 21)
    #expect(problems.last == "and 30 more")
  }
}
