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
}
