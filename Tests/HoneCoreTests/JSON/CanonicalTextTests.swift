// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@Suite("Requests write the canonical bytes themselves")
struct CanonicalTextTests {
  private func written(_ value: some CanonicallyWritten) throws -> String {
    var text = CanonicalText()
    try value.write(to: &text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private func encoded(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
  }

  @Test("any character is written as the encoder writes it")
  func characters() throws {
    let scalars = (0..<0x3000).compactMap { Unicode.Scalar(UInt32($0)) } + ["🙂", "\u{10FFFF}"]
    for scalar in scalars {
      let input = ModelInput.text("a\(scalar)/b\(scalar)")
      #expect(try written(input) == encoded(input))
    }
  }

  @Test(
    "numbers are written as the encoder writes them",
    arguments: [
      0, -0.0, 0.7, 1, 1.5, -2, 1e-7, 1e15, 9_007_199_254_740_991, 9_007_199_254_740_992, 1e16,
      1e300, .leastNonzeroMagnitude, 0.1 + 0.2,
    ])
  func numbers(number: Double) throws {
    let request = GenerationRequest(
      input: .text(""), maxTokens: 1, temperature: number, topP: number)
    #expect(try written(request) == encoded(request))
  }

  @Test("numbers that are not finite are refused", arguments: [Double.nan, .infinity])
  func notFinite(number: Double) {
    let request = GenerationRequest(input: .text(""), maxTokens: 1, temperature: number)
    #expect(throws: EncodingError.self) { try written(request) }
  }

  @Test(
    "kinds of answers are written as the encoder writes them",
    arguments: [
      AnswerKind.label(["a \"b\"", "c/d"]), .label([]), .choice(last: "D"), .yesNo, .freeText,
      .number(decimals: 2), .json(field: nil), .json(field: "a"), .brackets,
    ])
  func kinds(kind: AnswerKind) throws {
    let request = GenerationRequest(input: .text("x"), maxTokens: 9, stopWhenDecided: kind)
    #expect(try written(request) == encoded(request))
  }

  @Test("a request with everything is written as the encoder writes it")
  func whole() throws {
    let image = ImagePart(mediaType: .png, data: Data([1, 2, 250]))
    let request = GenerationRequest(
      input: .chat([
        Message(.system, "Be brief.\n"), Message(.user, "Ünïcode", images: [image]),
        Message(.assistant, "", images: []),
      ]),
      maxTokens: 77, temperature: 0.25, stop: ["\n\n", "\t\"stop\""], seed: .max, sampleIndex: 3,
      stopWhenDecided: .label(["yes", "no"]),
      schema: .object(["type": .string("object"), "é": .array([.null, .bool(true), .number(2)])]),
      scoresTokens: true, topP: 0.9, topK: 40)
    #expect(try written(request) == encoded(request))
  }
}
