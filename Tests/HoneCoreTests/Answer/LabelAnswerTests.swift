// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Labels")
struct LabelAnswerTests {
  @Test(
    "a label is read from hard cases",
    arguments: [
      ("positive", "positive"), ("POSITIVE.", "positive"), ("**Negative**", "negative"),
      ("The review is positive.", "positive"), ("The sentiment is negative", "negative"),
      ("not positive", nil), ("The answer is not positive, it is negative.", "negative"),
      ("positive or negative?", nil), ("Positive, negative, neutral", nil), ("", nil), (" \n", nil),
      ("Label: neutral", "neutral"), ("{\"label\": \"negative\"}", "negative"), ("😀", nil),
      ("Some parts are positive, but on the whole it is dull. Negative.", "negative"),
      ("It has positive sides and negative ones.", nil), ("nonpositive", nil),
      ("This is positive-leaning", nil), ("Answer: positive/negative", nil),
      ("The positive tone makes this positive", "positive"), ("- neutral", "neutral"),
      ("A: negative", "negative"), ("Category — neutral", "neutral"), ("'positive'", "positive"),
      ("```\nnegative\n```", "negative"), ("I'd say it isn't negative but neutral.", "neutral"),
      ("negative\n\nReview: great film\nSentiment: positive", "negative"),
    ] as [(String, String?)])
  func sentiment(response: String, answer: String?) {
    #expect(AnswerKind.label(["positive", "negative", "neutral"]).read(response) == answer)
  }

  @Test(
    "the longest of labels that begin or hold one another is read",
    arguments: [
      ("sci/tech", "Sci/Tech"), ("Sci-Tech", "Sci/Tech"), ("tech", "tech"),
      ("Tech support", "tech support"),
      ("The topic is sci & tech.", "Sci/Tech"), ("SCI TECH", "Sci/Tech"),
      ("tech, support", "tech support"),
      ("tech. Support", "tech support"), ("high-tech", nil), ("Answer: Tech\nSupport", "tech"),
    ] as [(String, String?)])
  func prefixes(response: String, answer: String?) {
    #expect(AnswerKind.label(["tech", "Sci/Tech", "tech support"]).read(response) == answer)
  }

  @Test(
    "labels that only marks tell apart are read with their marks",
    arguments: [
      ("C++", "C++"), ("c#", "C#"), ("C", "C"), ("The answer is C++.", "C++"), ("c ++", "C++"),
      ("Answer: C, clearly", "C"),
    ])
  func marks(response: String, answer: String) {
    #expect(AnswerKind.label(["C", "C++", "C#"]).read(response) == answer)
  }

  @Test("labels without letters and labels of other scripts are read")
  func scripts() {
    #expect(AnswerKind.label(["👍", "👎"]).read("The answer is 👎!") == "👎")
    #expect(AnswerKind.label(["积极", "消极"]).read("这条评论是积极的。") == "积极")
    #expect(AnswerKind.label(["**", "*"]).read(" ** ") == "**")
    #expect(AnswerKind.label(["да", "нет"]).read("Нет.") == "нет")
    #expect(AnswerKind.label(["naïve", "wise"]).read("NAÏVE") == "naïve")
    #expect(AnswerKind.label(["it's fine", "broken"]).read("It\u{2019}s fine") == "it's fine")
  }

  @Test("references take the list's spelling")
  func references() {
    let kind = AnswerKind.label(["Sci/Tech", "World"])
    #expect(kind.normalForm(ofReference: " sci/tech ") == "Sci/Tech")
    #expect(kind.matches("World", reference: "world"))
    #expect(kind.normalForm(ofReference: "Sports") == "Sports")
    #expect(kind.options == ["Sci/Tech", "World"])
  }

  @Test("an empty list of labels reads nothing")
  func noLabels() {
    #expect(AnswerKind.label([]).read("anything") == nil)
    #expect(AnswerKind.label([""]).read("anything") == nil)
  }

  @Test("a prepared kind reads and decides as the kind does")
  func prepared() {
    for kind in EarlyDecisionTests.kinds {
      let prepared = PreparedAnswerKind(kind)
      for text in ["The answer is tech support.\n", "No, it is 5.", "{\"answer\": 5}", "(B).", ""] {
        #expect(prepared.read(text) == kind.read(text))
        #expect(prepared.isDecided(text) == kind.isDecided(text))
      }
    }
  }
}
