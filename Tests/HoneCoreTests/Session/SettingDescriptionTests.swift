// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Settings of optimizers")
struct SettingDescriptionTests {
  private func setting(_ kind: SettingDescription.Kind) -> SettingDescription {
    SettingDescription(name: "x", kind: kind, defaultValue: .null, help: "X.")
  }

  @Test(
    "values in range are fine",
    arguments: [
      (SettingDescription.Kind.integer(1...8), JSONValue.number(8)), (.integer(0...1), .number(0)),
      (.number(0...1), .number(0.5)), (.choice(["cosine", "fixed"]), .string("fixed")),
      (.flag, .bool(false)), (.text, .string("")),
    ])
  func fine(kind: SettingDescription.Kind, value: JSONValue) {
    #expect(setting(kind).problem(with: value) == nil)
  }

  @Test(
    "others are told what is required",
    arguments: [
      (SettingDescription.Kind.integer(1...8), JSONValue.number(9), "a whole number from 1 to 8"),
      (.integer(1...8), .number(1.5), "a whole number from 1 to 8"),
      (.integer(1...8), .number(1e300), "a whole number from 1 to 8"),
      (.integer(1...8), .string("2"), "a whole number from 1 to 8"),
      (.number(0...1), .number(.nan), "a number from 0.0 to 1.0"),
      (.number(0...1), .bool(true), "a number from 0.0 to 1.0"),
      (.choice(["a", "b"]), .string("c"), "one of a, b"), (.choice(["a"]), .null, "one of a"),
      (.flag, .string("true"), "true or false"), (.flag, .number(1), "true or false"),
      (.text, .number(1), "a text"), (.text, .null, "a text"),
    ])
  func wrong(kind: SettingDescription.Kind, value: JSONValue, required: String) {
    #expect(setting(kind).problem(with: value) == "must be \(required)")
  }
}
