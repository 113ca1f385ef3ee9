// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Answers decided before the end of a response")
struct EarlyDecisionTests {
  static let kinds: [AnswerKind] = [
    .yesNo, .trueFalse, .validInvalid, .choice(last: "D"), .number(decimals: 2), .exactText,
    .label(["positive", "negative", "tech", "Sci/Tech", "tech support"]), .wordList, .brackets,
    .json(field: nil), .json(field: "answer"), .label(["C", "C++"]), .freeText,
  ]

  private static let pieces = [
    "Yes", "No", "yes", "no", "true", "False", "valid", "invalid", "not", "isn't", "the", "answer",
    "is", "The answer is", "Answer:", ":", ".", ",", "\n", "\n\n", "(A)", "(B)", "B", "A", "C)",
    "positive", "negative", "sci", "/", "tech", "support", "or", "and", "-", "3", "4.5", "1,234",
    "=", "+", "$", "twelve", "one", "twenty", "####", "#", "is the correct answer", "correct", "1",
    "0", "]", ")", "{", "}", "\"answer\"", "\"", "{\"answer\": 5}", "[1]", "C++", "+", "🙂", "doubt",
    "**", "?", "!", "- oar", "1. pear", "\\boxed{3}", "are:", "is:", "%", "would be", "to", "a",
  ]

  private static func texts() -> [String] {
    var generator = SeededGenerator(seed: 11)
    return (0..<250).map { _ in
      var text = ""
      for _ in 0..<(2 + generator.nextIndex(below: 14)) {
        text += pieces[generator.nextIndex(below: pieces.count)]
        text += ["", " ", " ", " "][generator.nextIndex(below: 4)]
      }
      return text
    }
  }

  @Test("a decided answer is the one read from every continuation", arguments: kinds)
  func isStable(kind: AnswerKind) {
    var decided = 0
    for text in Self.texts() {
      var answer: String?
      var prefix = ""
      for character in text {
        prefix.append(character)
        guard answer != nil || kind.isDecided(prefix) else { continue }
        let read = kind.read(prefix)
        if answer == nil {
          decided += 1
          answer = read
          #expect(read != nil, "decided without an answer: \(prefix.debugDescription)")
        }
        guard read == answer else {
          Issue.record(
            "\(kind.name): \(answer ?? "nil") became \(read ?? "nil") in \(prefix.debugDescription)"
          )
          break
        }
      }
    }
    #expect(kind == .freeText ? decided == 0 : decided > 2, "\(kind.name): \(decided)")
  }

  @Test(
    "a clear answer is decided at once",
    arguments: [
      (AnswerKind.yesNo, "Yes,"), (.yesNo, "No."), (.yesNo, "yes\n"), (.yesNo, "The answer is no."),
      (.yesNo, "Yes, it"), (.trueFalse, "False."), (.validInvalid, "The answer is: invalid."),
      (.choice(last: "D"), "(B)."), (.choice(last: "D"), "The answer is (B)."),
      (.choice(last: "D"), "B\nTh "), (.number(decimals: 0), "12\n"),
      (.exactText, "Answer: Paris\n"),
      (.number(decimals: 0), "The answer is 12. "), (.label(["spam", "ham"]), "Ham."),
      (.brackets, "The answer is ] ).\n"), (.json(field: nil), "{\"a\": 1}"),
    ])
  func atOnce(kind: AnswerKind, text: String) {
    #expect(kind.isDecided(text))
  }

  @Test(
    "what may still change is not decided",
    arguments: [
      (AnswerKind.yesNo, ""), (.yesNo, "Yes"), (.yesNo, "No"), (.yesNo, "Yes or"),
      (.yesNo, "It is"),
      (.yesNo, "No on"), (.yesNo, "The answer is n"), (.trueFalse, "The statement is true."),
      (.choice(last: "D"), "(B"), (.choice(last: "D"), "(A) Babe\n"), (.choice(last: "D"), "A "),
      (.number(decimals: 0), "The answer is 1"), (.number(decimals: 0), "The answer is 12."),
      (.number(decimals: 0), "12"), (.label(["tech", "tech support"]), "tech "),
      (.label(["spam", "ham"]), "This is spam."), (.exactText, "Paris\n\n"), (.wordList, "a b\n\n"),
      (.brackets, "The answer is ] )"), (.json(field: nil), "{\"a\": {\"b\": 1}"),
      (.freeText, "Done.\n\n\n"),
    ])
  func notYet(kind: AnswerKind, text: String) {
    #expect(!kind.isDecided(text))
  }

  @Test("long texts take time in proportion to their length", arguments: kinds)
  func isLinear(kind: AnswerKind) {
    for piece in [
      "answer is ", "is: ", "#", "{", "[(", "yes or ", "= ", "a,", "1", "not ", "\n", "boxed{ ",
    ] {
      let text = String(repeating: piece, count: 6_000)
      let start = Self.seconds
      _ = kind.read(text)
      _ = kind.isDecided(text)
      // Far more than linear time takes.
      #expect(Self.seconds - start < 4, "\(kind.name): \(piece)")
    }
  }

  /// The processor time of this thread, which other tests do not lengthen.
  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
