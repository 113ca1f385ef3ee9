// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import Testing

@testable import HoneTraining

@Suite("Tokenizers of tokenizer.json")
struct TokenizerTests {
  private func fixtures() throws -> [String: Any] {
    let file = try #require(
      Bundle.module.url(forResource: "tokenizers", withExtension: "json", subdirectory: "Fixtures"))
    return try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
  }

  @Test(
    "Tokens equal those of the package tokenizers",
    arguments: ["gpt2", "smollm", "llama3", "unigram", "phi3", "gemma"])
  func fixture(name: String) throws {
    let entry = try #require(try fixtures()[name] as? [String: Any])
    let data = try JSONSerialization.data(withJSONObject: try #require(entry["tokenizer"]))
    let tokenizer = try TokenizerFile(data, path: name)
    let cases = try #require(entry["cases"] as? [[Any]])
    #expect(cases.count > 100)
    for line in cases {
      let text = try #require(line[0] as? String)
      let expected = try #require(line[1] as? [Int])
      #expect(tokenizer.tokens(of: text).map(Int.init) == expected, "\(text.debugDescription)")
    }
  }

  /// Texts of words, digits, marks, blanks and letters of many scripts.
  private func texts(_ count: Int) -> [String] {
    let parts = [
      "rain", "Water", "it's", "WE'LL", "don't", "12", "3456", "naïve", "Straße", "Привет", "東京",
      "مطر", "😀", "👩‍👩‍👧", "e\u{301}", "--", "...", "(x)", "<tag>", "y+1;", "http://a.b/c?d=e",
      "½", "٣٤", "_under_score", "CamelCase", "\u{a0}", "'", "\"q\"", "#!", "ok",
    ]
    let blanks = [" ", " ", " ", "  ", "   ", "\n", "\n\n", " \n", "\t", "\r\n", "", ""]
    var generator = SeededGenerator(seed: 12)
    return (0..<count).map { _ in
      (0..<(1 + generator.nextIndex(below: 12))).map { _ in
        parts[generator.nextIndex(below: parts.count)]
          + blanks[generator.nextIndex(below: blanks.count)]
      }.joined()
    }
  }

  @Test(
    "On 10,000 texts tokens of the default model's vocabulary equal llama.cpp's",
    .enabled(if: ProcessInfo.processInfo.environment["HONE_TEST_MODEL"] != nil))
  func equalsLlama() throws {
    let path = try #require(ProcessInfo.processInfo.environment["HONE_TEST_MODEL"])
    let file = URL(filePath: path)
    let weights = try WeightFile(file: file)
    let tokens = weights.textList("tokenizer.ggml.tokens")
    let merges = try weights.textList("tokenizer.ggml.merges").map { line in
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      return (left: try #require(parts.first), right: try #require(parts.last))
    }
    #expect(tokens.count > 40_000 && merges.count > 40_000)
    let tokenizer = try BytePairTokenizer(
      tokens: tokens, merges: merges,
      splitter: TextSplitter(pattern: .gpt2, cutsDigits: true))
    let vocabulary = try ModelVocabulary(file: file)
    var different: [String] = []
    for text in texts(10_000) {
      let expected = try vocabulary.tokens(ofResponse: text)
      if tokenizer.tokens(of: text) != expected { different.append(text) }
    }
    #expect(different.isEmpty, "\(different.count), such as \(different.prefix(3))")
  }

  @Test("A long text without a blank takes no time to speak of")
  func long() throws {
    let tokens = (0..<256).map { String(ByteAlphabet.letters[$0]) } + ["aa", "aaaa"]
    let tokenizer = try BytePairTokenizer(
      tokens: tokens, merges: [("a", "a"), ("aa", "aa")],
      splitter: TextSplitter(pattern: .gpt2))
    let found = tokenizer.tokens(of: String(repeating: "a", count: 200_002))
    #expect(found.count == 50_001)
    #expect(found.first == 257 && found.last == 256)
  }

  @Test("Tokens that were added are found wherever they stand, unless the text is plain")
  func added() throws {
    let json = """
      {"added_tokens": [{"id": 3, "content": "<|a|>"}, {"id": 4, "content": "<|a|><|b|>"}],
       "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
       "model": {"type": "BPE", "vocab": {"x": 0, "y": 1, "xy": 2}, "merges": ["x y"]}}
      """
    let tokenizer = try TokenizerFile(Data(json.utf8), path: "t")
    #expect(tokenizer.tokens(of: "xy<|a|>x<|a|><|b|>y") == [2, 3, 0, 4, 1])
    #expect(tokenizer.tokens(of: "xy<|a|>", marksUp: false) == [2])
  }

  @Test(
    "What is not read is refused by name",
    arguments: [
      ("[]", "no JSON object"), (#"{"model": {"type": "WordPiece"}}"#, "WordPiece"),
      (#"{"model": {"type": "BPE"}}"#, "cuts texts in no way"),
      (
        #"{"normalizer": {"type": "Lowercase"}, "model": {"type": "BPE"}}"#, "“Lowercase”"
      ),
      (
        #"{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}}"#,
        "Merge 1"
      ),
      (
        #"{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a"]}}"#,
        "number 0"
      ),
      (
        #"{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": -1}}}"#,
        "outside"
      ),
      (
        #"{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0, "b": 0}}}"#,
        "two tokens"
      ),
      (
        #"{"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "."}}, "model": {"type": "BPE"}}"#,
        "the pattern “.”"
      ),
      (#"{"model": {"type": "BPE", "byte_fallback": true}}"#, "blanks as ▁"),
      (
        #"{"normalizer": {"type": "Lowercase"}, "model": {"type": "BPE", "byte_fallback": true}}"#,
        "“Lowercase”"
      ),
      (#"{"model": {"type": "Unigram", "vocab": []}}"#, "blanks as ▁"),
      (
        #"{"pre_tokenizer": {"type": "Metaspace"}, "model": {"type": "Unigram", "unk_id": 4, "vocab": [["a", -1]]}}"#,
        "number 4"
      ),
    ])
  func mistakes(json: String, words: String) {
    let error = #expect(throws: TrainingError.self) {
      try TokenizerFile(Data(json.utf8), path: "t")
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }
}
