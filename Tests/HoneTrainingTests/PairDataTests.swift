// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Pairs and batches")
struct PairDataTests {
  @Test("Pairs are read line by line, empty lines are passed over")
  func reading() throws {
    let text = """
      {"prompt": "hi", "rewrite": "Say hello."}

      {"rewrite": "B", "prompt": "a", "topic": "letters"}
      """
    let pairs = try PairFile.pairs(inText: text, name: "pairs.jsonl")
    #expect(
      pairs == [
        PromptPair(prompt: "hi", rewrite: "Say hello."), PromptPair(prompt: "a", rewrite: "B"),
      ])
  }

  @Test("Every line that is no pair is named")
  func mistakes() {
    let text = """
      {"prompt": "hi", "rewrite": "Say hello."}
      {"prompt": "hi"}
      nonsense
      {"prompt": " ", "rewrite": "x"}
      """
    let error = #expect(throws: TrainingError.self) {
      try PairFile.pairs(inText: text, name: "p.jsonl")
    }
    #expect(error?.kind == .badData)
    #expect(
      error?.description == """
        p.jsonl:2: the text “rewrite” is missing; the fields are: prompt.
        p.jsonl:3: this line is no JSON object.
        p.jsonl:4: “prompt” is empty.
        """)
    #expect(throws: TrainingError.self) { try PairFile.pairs(inText: "\n", name: "p.jsonl") }
  }

  @Test("What is written is read again")
  func roundTrip() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "hone-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    let pairs = [PromptPair(prompt: "a \"b\"\nc", rewrite: "é/ü")]
    try PairFile.write(pairs, to: file)
    #expect(try PairFile.pairs(in: file) == pairs)
  }

  @Test("Targets stand one place before their token, and only after what is given")
  func targets() {
    let batch = TokenBatch([
      TokenSequence(tokens: [1, 2, 3, 4], promptCount: 2),
      TokenSequence(tokens: [5, 6], promptCount: 1),
    ])
    #expect(batch.inputs == [[1, 2, 3], [5, 0, 0]])
    #expect(batch.places == [1, 2, 3])
    #expect(batch.targets == [3, 4, 6])
    #expect(batch.tokenCount == 6)
  }

  @Test("Padding changes no loss")
  func padding() throws {
    let model = try TinyDecoder.model()
    let short = TokenSequence(tokens: [1, 2, 3], promptCount: 1)
    let long = TokenSequence(tokens: [4, 5, 6, 7, 8, 9], promptCount: 3)
    let together = try model.loss(of: TokenBatch([short, long])).number()
    let apart =
      try model.loss(of: TokenBatch([short])).number()
      + model.loss(of: TokenBatch([long])).number()
    #expect(abs(together - apart) < 1e-4)
  }

  @Test("Batches hold every text once, with little padding, in an order that the epoch draws")
  func batches() {
    let texts = (0..<50).map { index in
      TokenSequence(
        tokens: [Int32(index)] + [Int32](repeating: 1, count: 1 + index * 7 % 23), promptCount: 1)
    }
    let first = TokenBatch.batches(of: texts, size: 4, seed: 3, epoch: 0)
    #expect(first == TokenBatch.batches(of: texts, size: 4, seed: 3, epoch: 0))
    #expect(first != TokenBatch.batches(of: texts, size: 4, seed: 3, epoch: 1))
    #expect(first.flatMap { $0.inputs.map { $0[0] } }.sorted() == (0..<50).map { Int32($0) })
    let padded = first.reduce(0) { $0 + $1.inputs.count * $1.inputs[0].count }
    let real = texts.reduce(0) { $0 + $1.tokens.count - 1 }
    #expect(Double(padded) < 1.15 * Double(real))
  }

  @Test("Lists are read without their marks, numbers and quotation marks")
  func lists() {
    let text = "Here are some:\n1. how do i boil eggs\n- \"fix my bike\"\n\n2) 3 ways to nap\nok"
    #expect(PairWriting.lines(text) == ["how do i boil eggs", "fix my bike", "3 ways to nap"])
    #expect(PairWriting.unquoted(" “Say hi.”\n") == "Say hi.")
  }

  @Test("A pair is left out for the first reason that holds")
  func checks() {
    let pairs = [
      PromptPair(prompt: "a b", rewrite: "Explain a and b."),
      PromptPair(prompt: "A, b!", rewrite: "explain a and b"),
      PromptPair(prompt: "same", rewrite: "Same."),
      PromptPair(prompt: "long", rewrite: String(repeating: "x", count: 50)),
      PromptPair(prompt: "tea", rewrite: "чай, пожалуйста"),
      PromptPair(prompt: "far", rewrite: "off topic"),
    ]
    let check = PairCheck(longest: 40, leastLikeness: 0.5)
    let result = check.sorted(pairs, likeness: [0.9, 0.9, 0.9, 0.9, 0.9, 0.2])
    #expect(result.kept == [pairs[0]])
    #expect(
      result.leftOut == [
        .twice: 1, .unchanged: 1, .tooLong: 1, .otherScript: 1, .otherMeaning: 1,
      ])
  }
}
