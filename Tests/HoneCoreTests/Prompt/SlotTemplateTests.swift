// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@Suite("Templates with slots")
struct SlotTemplateTests {
  @Test(
    "slots are filled and doubled braces are braces",
    arguments: [
      ("Review: {input}", "Review: X"), ("{input}{input}", "XX"), ("{ input }", "X"), ("", ""),
      ("{{input}}", "{input}"), ("{{{input}}}", "{X}"), ("{first name}!", "Ann!"), ("a}}b", "a}b"),
      ("{{}}", "{}"), ("🙂{input}é", "🙂Xé"), ("no slots", "no slots"),
    ])
  func fills(source: String, text: String) throws {
    let template = try SlotTemplate(source)
    #expect(try template.filled(with: ["input": "X", "first name": "Ann"]) == text)
  }

  @Test("a value with braces is put in as it is")
  func valuesAreNotTemplates() throws {
    #expect(try SlotTemplate("<{a}>").filled(with: ["a": "{b} }} {{"]) == "<{b} }} {{>")
  }

  @Test("slots are listed in order, with repeats")
  func slots() throws {
    #expect(try SlotTemplate("{b} {{c}} {a}{b}").slots == ["b", "a", "b"])
  }

  @Test(
    "a template that cannot be read says what to write",
    arguments: [
      ("a { b", SlotTemplateError.unclosedSlot(near: " b")), ("a } b", .unopenedSlot(near: " b")),
      ("{}", .badSlotName("")), ("{ }", .badSlotName(" ")), ("{a{b}", .badSlotName("a{b")),
      ("{", .unclosedSlot(near: "")), ("}}}", .unopenedSlot(near: "")),
    ])
  func malformed(source: String, error: SlotTemplateError) {
    #expect(throws: error) { try SlotTemplate(source) }
    #expect(!error.description.isEmpty)
  }

  @Test("a slot without a value names the values there are")
  func missing() throws {
    let template = try SlotTemplate("{text}")
    let error = #expect(throws: SlotTemplateError.self) {
      try template.filled(with: ["input": "x", "id": "1"])
    }
    #expect(error == .missingValue(slot: "text", available: ["id", "input"]))
    #expect(error?.description == "the slot {text} has no value; there are id, input")
  }

  @Test("a template is coded as its text, and a bad text is refused")
  func codes() throws {
    let template = try SlotTemplate("{{ {a}")
    let data = try JSONEncoder().encode([template])
    #expect(String(decoding: data, as: UTF8.self) == "[\"{{ {a}\"]")
    #expect(try JSONDecoder().decode([SlotTemplate].self, from: data) == [template])
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode([SlotTemplate].self, from: Data("[\"{\"]".utf8))
    }
  }
}
