// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneModels

struct SchemaFormTests {
  private func schema(_ line: String, _ module: StageModule = .chainOfThought) throws -> JSONValue {
    let call = StageCall(signature: try Signature(line), module: module, format: .json)
    return try #require(call.replySchema)
  }

  @Test("The properties of a schema are sent in the order they are required, all else is sorted")
  func order() throws {
    let body = JSONValue.object([
      "z": .number(1),
      "a": .object(["schema": try schema("text -> mood: b | a, confidence: number")]),
    ])
    #expect(
      String(decoding: try body.wireForm, as: UTF8.self)
        == #"{"a":{"schema":{"additionalProperties":false,"properties":{"#
        + #""reasoning":{"type":"string"},"mood":{"enum":["b","a"],"type":"string"},"#
        + #""confidence":{"type":"number"}},"required":["reasoning","mood","confidence"],"#
        + #""type":"object"}},"z":1}"#)
  }

  @Test("Without a schema the form is the canonical one")
  func canonical() throws {
    let body = JSONValue.object([
      "model": .string("a/b \"c\""), "n": .array([.null, .bool(true), .number(0.5)]),
      "é": .object([:]),
    ])
    #expect(try body.wireForm == CanonicalJSON.encode(body))
  }

  @Test(
    "A schema is closed when it says what every part is",
    arguments: [
      ("text -> answer, parts: [number], grade: a | b, sure: bool", true),
      ("text -> answer: json", false), ("text -> answer: [json]", false),
    ])
  func closed(line: String, isClosed: Bool) throws {
    #expect(try schema(line).isClosedSchema == isClosed)
  }
}
