// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@Suite("JSON values and their canonical bytes")
struct JSONValueTests {
  private func canonical(_ text: String) throws -> String {
    let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    return String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
  }

  @Test(
    "equal documents have one form",
    arguments: [
      ("{ \"b\" : 1.0, \"a\" : [ true , null ] }", "{\"a\":[true,null],\"b\":1}"),
      ("1e2", "100"), ("-0.0", "0"), ("0.5", "0.5"), ("\"a\\/b\"", "\"a/b\""), ("[]", "[]"),
      ("{}", "{}"), ("\"\\u00e9\"", "\"é\""), ("1", "1"), ("0", "0"), ("true", "true"),
      ("{\"a\":{\"c\":2,\"b\":1}}", "{\"a\":{\"b\":1,\"c\":2}}"),
    ])
  func oneForm(text: String, form: String) throws {
    #expect(try canonical(text) == form)
    #expect(try canonical(form) == form)
  }

  @Test("numbers are not taken for truth values, nor truth values for numbers")
  func kinds() throws {
    let value = try JSONDecoder().decode(JSONValue.self, from: Data("[1, 0, true, \"1\"]".utf8))
    #expect(value == .array([.number(1), .number(0), .bool(true), .string("1")]))
  }

  @Test("members, texts and numbers are reached, and nothing else")
  func access() {
    let value = JSONValue.object(["a": .string("x"), "n": .number(2)])
    #expect(value["a"]?.stringValue == "x")
    #expect(value["n"]?.numberValue == 2)
    #expect(value["a"]?.numberValue == nil)
    #expect(value["z"] == nil)
    #expect(JSONValue.array([]).stringValue == nil)
    #expect(JSONValue.string("a")["a"] == nil)
  }

  @Test("a number that JSON cannot hold is an error")
  func notFinite() {
    #expect(throws: EncodingError.self) { try CanonicalJSON.encode(JSONValue.number(.infinity)) }
  }
}
