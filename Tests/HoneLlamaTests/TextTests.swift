// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneLlama

struct TextTests {
  @Test("A character is shown only when all its bytes are there", arguments: ["é", "€", "🦊", "aé"])
  func waitsForWholeCharacters(text: String) {
    var written = GeneratedText(stops: [])
    for byte in text.utf8.dropLast() {
      written.bytes.append(byte)
      #expect(!written.wholeText.unicodeScalars.contains("\u{FFFD}"))
    }
    #expect(written.wholeText == String(text.dropLast()))
    text.utf8.last.map { written.bytes.append($0) }
    #expect(written.wholeText == text)
  }

  @Test("The first stop text cuts, also when two tokens hold it")
  func cutsAcrossTokens() {
    var written = GeneratedText(stops: ["\n\n", "END"])
    written.bytes = Array("one E".utf8)
    let early = written.cutAtStop(addedFrom: 4)
    #expect(!early)
    let start = written.bytes.count
    written.bytes += Array("ND two\n\n".utf8)
    let late = written.cutAtStop(addedFrom: start)
    #expect(late)
    #expect(written.wholeText == "one ")
  }

  @Test("A template's own system message is used only when a chat has none")
  func keepsDefaultSystem() throws {
    let source = """
      {% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}\
      {{ '<|im_start|>system\nBe kind.<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + \
      message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}
      """
    let template = ChatTemplate(source: source)
    let plain = try template.text(of: [Message(.user, "Hi")])
    #expect(
      plain == "<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
        + "<|im_start|>assistant\n")
    let own = try template.text(of: [Message(.system, "Be brief."), Message(.user, "Hi")])
    #expect(own.contains("Be brief.") && !own.contains("Be kind."))
  }

  @Test("An unknown template is an error, and a model without one gets paragraphs")
  func refusesUnknownTemplates() throws {
    #expect(throws: ModelError.self) {
      try ChatTemplate(source: "{{ something else }}").text(of: [Message(.user, "Hi")])
    }
    let text = try ChatTemplate(source: nil).text(of: [Message(.system, "A"), Message(.user, "B")])
    #expect(text == "A\n\nB\n\n")
  }

  @Test(
    "The best token is the first of the largest, wherever it stands", arguments: [3, 16, 50, 64])
  func findsBest(count: Int) {
    for place in 0..<count {
      var row = (0..<count).map { _ in Float(-1) }
      row[place] = 2
      row.withUnsafeBufferPointer { row in
        #expect(Logits.best(of: row) == Token(place))
        let expected = log(exp(2.0) + Double(count - 1) * exp(-1.0))
        #expect(abs(Logits.logSum(of: row) - expected) < 1e-5)
      }
    }
  }

  @Test("Tokens are drawn as often as the temperature says", arguments: [0.5, 1, 2])
  func drawsInProportion(temperature: Double) {
    let row: [Float] = [0, 1, -1, 2]
    let weights = row.map { exp(Double($0) / temperature) }
    let total = weights.reduce(0, +)
    var generator = SeededGenerator(seed: 3)
    var counts = [0, 0, 0, 0]
    row.withUnsafeBufferPointer { row in
      for _ in 0..<20_000 {
        counts[
          Int(Logits.sample(from: row, temperature: temperature, key: generator.next()))] += 1
      }
    }
    for (count, weight) in zip(counts, weights) {
      // Four standard deviations of a share are at most 0.015.
      #expect(abs(Double(count) / 20_000 - weight / total) < 0.015)
    }
  }

  @Test(
    "Drawing keeps to the likeliest tokens, in proportion",
    arguments: [
      (Double?.none, Int?.some(2), [3, 1]), (0.6, nil, [3]), (0.7, nil, [3, 1]),
      (0.95, 3, [3, 1, 0]), (0.5, 4, [3]), (1, nil, [3, 1, 0, 2]), (nil, 9, [3, 1, 0, 2]),
      (0, nil, [3]), (0.9, nil, [3, 1, 0]),
    ])
  func truncates(topP: Double?, topK: Int?, expected: [Int]) {
    // Chances of 0.087, 0.237, 0.032 and 0.644.
    let row: [Float] = [0, 1, -1, 2]
    var generator = SeededGenerator(seed: 5)
    let truncation = Truncation(topP: topP, topK: topK)
    var counts = [0, 0, 0, 0]
    row.withUnsafeBufferPointer { row in
      for _ in 0..<5_000 {
        let token = Logits.sample(
          from: row, temperature: 1, truncation: truncation, key: generator.next())
        counts[Int(token)] += 1
      }
    }
    #expect(Set(counts.indices.filter { counts[$0] > 0 }) == Set(expected))
    let total = expected.reduce(0) { $0 + exp(Double(row[$1])) }
    for token in expected {
      #expect(abs(Double(counts[token]) / 5_000 - exp(Double(row[token])) / total) < 0.03)
    }
  }

  @Test("Of a flat distribution over a large vocabulary as many tokens are kept as the share asks")
  func truncatesFlat() {
    let row = (0..<10_000).map { Float($0 % 10) * -3 }
    row.withUnsafeBufferPointer { row in
      let kept = Truncation(topP: 0.999, topK: nil)?.kept(of: row, top: 0, scale: 1) ?? []
      let total = row.reduce(0) { $0 + exp(Double($1)) }
      let held = kept.reduce(0) { $0 + exp(Double(row[$1])) }
      #expect(held >= 0.999 * total)
      #expect(held - exp(Double(row[kept.last ?? 0])) < 0.999 * total)
      #expect(Truncation(topP: nil, topK: 7)?.kept(of: row, top: 0, scale: 1)?.count == 7)
    }
  }

  @Test("Rounding seldom changes what is drawn, even among very many tokens that are alike")
  func drawsSteadily() {
    var generator = SeededGenerator(seed: 4)
    let row = (0..<50_000).map { _ in Float(generator.nextUnit()) }
    let rounded = row.map { $0 + Float(generator.nextUnit() - 0.5) * 0.002 }
    let changed = (0..<100).count { _ in
      let key = generator.next()
      let draws = [row, rounded].map { values in
        values.withUnsafeBufferPointer { Logits.sample(from: $0, temperature: 1.5, key: key) }
      }
      return draws[0] != draws[1]
    }
    #expect(changed <= 2)
  }
}
