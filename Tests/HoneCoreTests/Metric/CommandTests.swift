// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@Suite("The lines a scoring program reads and writes")
struct CommandTests {
  private func outcomes(_ text: String, ids: [String]) throws -> [Outcome] {
    try CommandOutput.outcomes(from: Data(text.utf8), ids: ids)
  }

  @Test("each response is one line of canonical JSON")
  func input() throws {
    let example = Example(id: "t:1", fields: ["q": "two\nlines \u{2028}"], references: ["a/b"])
    let data = try CommandInput.lines([
      CommandInput(example: example, response: "r \"1\"", answer: nil),
      CommandInput(example: example, response: "r", answer: "x"),
    ])
    let lines = data.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 2)
    #expect(data.last == UInt8(ascii: "\n"))
    let text = String(decoding: lines[0], as: UTF8.self)
    #expect(text.hasPrefix("{\"answer\":null,\"fields\":{\"q\":\"two\\nlines"))
    let read = try JSONDecoder().decode(CommandInput.self, from: Data(lines[1]))
    #expect(read == CommandInput(example: example, response: "r", answer: "x"))
  }

  @Test("scores, feedback and errors are read in order")
  func output() throws {
    let read = try outcomes(
      "{\"score\": 1}\r\n\n{\"id\":\"b\",\"score\":0.25,\"feedback\":\"short\",\"x\":1}\n{\"error\":\"no file\"}",
      ids: ["a", "b", "c"])
    #expect(read.count == 3)
    #expect(read[0] == .scored(Score(1)))
    #expect(read[1] == .scored(Score(0.25, feedback: "short")))
    guard case .failed(let error) = read[2] else {
      Issue.record("not a failure")
      return
    }
    #expect(error.message.contains("no file"))
  }

  @Test(
    "a bad line is named with its number",
    arguments: [
      ("{\"score\":1}\nnonsense\n", 2, "nonsense"),
      ("{\"score\":1}\n{\"score\":\"1\"}\n", 2, "score"),
      ("\n\n[1]\n", 3, "[1]"), ("{\"score\":1}\n{\"score\":1}\n{\"score\":1}", 3, "too many"),
      ("{\"id\":\"b\",\"score\":1}", 1, "expected"), ("{\"score\":1e999}", 1, "score"),
      ("{}", 1, "score"),
    ])
  func errors(text: String, line: Int, word: String) {
    let error = #expect(throws: CommandOutputError.self) { try outcomes(text, ids: ["a", "b"]) }
    #expect(error?.line == line)
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }

  @Test("missing lines are counted")
  func missing() {
    let error = #expect(throws: CommandOutputError.self) {
      try outcomes("{\"score\":1}\n", ids: ["a", "b"])
    }
    #expect(error?.description.contains("1 of 2") == true)
    #expect(throws: CommandOutputError.self) { try outcomes("", ids: ["a"]) }
  }
}
