// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Exact text, word lists, brackets, free text and JSON")
struct OpenAnswerTests {
  @Test(
    "an exact text is read without what announces it",
    arguments: [
      ("Paris", "paris"), ("  Paris.  ", "paris"), ("The answer is Paris.", "paris"),
      ("Answer: \"unfortunate\"", "unfortunate"), ("**Leben**", "leben"), ("", nil), ("\n\n", nil),
      ("Let us see.\n\nThe answer is: p", "p"),
      ("Final answer:\n\nNew York City\n\nBecause", "new york city"),
      ("Platz\n\nThat is German for place.", "platz"), ("two\nlines", "two lines"), ("...", "..."),
      ("Newton is the final answer", "newton"), ("what is the answer", "what is the answer"),
      ("St. John's", "st. john's"), ("😀", "😀"), ("#### Rome", "rome"), ("Über", "über"),
      ("A: ends", "ends"),
      ("The answer would be lives.", "lives"), ("answer", "answer"), ("a - b", "a - b"),
    ] as [(String, String?)])
  func exactText(response: String, answer: String?) {
    #expect(AnswerKind.exactText.read(response) == answer)
  }

  @Test("exact texts are equal also when only punctuation differs")
  func exactTextMatches() {
    let kind = AnswerKind.exactText
    #expect(kind.matches("it's fine", reference: "Its fine!"))
    #expect(kind.matches("platz", reference: "Platz"))
    #expect(kind.matches("cafe\u{301}", reference: "café"))
    #expect(!kind.matches("platz", reference: "Plätze"))
    #expect(!kind.matches("...", reference: "!!"))
    #expect(!kind.matches("c++", reference: "c"))
  }

  @Test(
    "a list of words is read in order",
    arguments: [
      ("oar pear sun", "oar pear sun"), ("Oar, pear, and sun.", "oar pear sun"),
      ("oar\npear\nsun", "oar pear sun"), ("1. oar\n2. pear\n3. sun", "oar pear sun"),
      ("- oar\n\n- pear\n\nThat is all.", "oar pear"), ("Sorted words: oar pear", "oar pear"),
      ("Sure! Here is the list:\n\n* oar\n* pear", "oar pear"),
      ("The answer is oar pear.", "oar pear"),
      ("Here you go:\nSorted: oar pear\n\nNote: sorted", "oar pear"), ("", nil), ("...", nil),
      ("oar, pear,sun;moon", "oar pear sun moon"), ("\"oar\" \"pear\"", "oar pear"), ("🙂", "🙂"),
      ("Answer:\n1) oar\n2) pear", "oar pear"), ("rock and roll", "rock and roll"),
      ("naïve über", "naïve über"),
      ("oar pear\n\nI sorted the words.", "oar pear"), ("o'clock e-mail", "o'clock e-mail"),
      ("oar\tpear\u{A0}sun", "oar pear sun"),
    ] as [(String, String?)])
  func wordList(response: String, answer: String?) {
    #expect(AnswerKind.wordList.read(response) == answer)
  }

  @Test(
    "brackets are read without the words around them",
    arguments: [
      ("] ) }", "])}"), ("The answer is: ) ]", ")]"), ("`} >`", "}>"), ("", nil), ("none", nil),
      ("We close ( with ) and get ] ]", "]]"), ("] ) (see above)", "])"), ("(see above)", nil),
      ("[ { ( ) } ]", "[{()}]"), ("So: ) )\n\nThe answer is ) ) ].", "))]"), ("**] }**", "]}"),
      ("Answer: > >\nbecause of < <", ">>"), ("🙂 ) 🙂", ")"), ("f(x) then ] ]", "]]"), ("]", "]"),
      ("#### ] )", "])"), ("] ) ,", "])"), ("}}}}", "}}}}"), ("the last is }.", "}"),
      ("Answer: the sequence ] ] closes it", "]]"),
    ] as [(String, String?)])
  func brackets(response: String, answer: String?) {
    #expect(AnswerKind.brackets.read(response) == answer)
    #expect(AnswerKind.brackets.matches("])}", reference: "] ) }"))
  }

  @Test(
    "JSON is read in its canonical form",
    arguments: [
      ("{\"b\": 1, \"a\": [true, null]}", "{\"a\":[true,null],\"b\":1}"),
      ("```json\n{\"a\": 1.0}\n```", "{\"a\":1}"), ("Here: [1, 2] and {\"a\":2}", "[1,2]"),
      ("{\"a\": \"}\"} tail", "{\"a\":\"}\"}"), ("{not json} {\"a\":1}", "{\"a\":1}"), ("5", "5"),
      ("{\"a\": 1", nil), ("", nil), ("[see] {\"a\":\"\\\"\"}", "{\"a\":\"\\\"\"}"), ("text", nil),
      ("{\"a\":{\"a\":2}}", "{\"a\":{\"a\":2}}"), ("{} {\"a\":1}", "{}"), ("\"text\"", "\"text\""),
      ("{\"url\": \"a/b\"}", "{\"url\":\"a/b\"}"), ("{\"é\": \"🙂\"}", "{\"é\":\"🙂\"}"), ("]", nil),
      ("{ {\"a\":1}", "{\"a\":1}"), ("true", "true"), ("[\n1,\n2\n]", "[1,2]"), ("{'a': 1}", nil),
    ] as [(String, String?)])
  func json(response: String, answer: String?) {
    #expect(AnswerKind.json(field: nil).read(response) == answer)
  }

  @Test("a member is read as text or as JSON")
  func jsonField() {
    let kind = AnswerKind.json(field: "label")
    #expect(kind.read("{\"label\": \" spam \"}") == "spam")
    #expect(kind.read("{\"x\": 1} then {\"label\": 5}") == "5")
    #expect(kind.read("{\"label\": {\"b\":1,\"a\":2}}") == "{\"a\":2,\"b\":1}")
    #expect(kind.read("{\"other\": 1}") == nil)
    #expect(kind.read("[\"label\"]") == nil)
    #expect(kind.matches("5", reference: "5"))
    #expect(kind.matches("spam", reference: "spam"))
    #expect(kind.matches("spam", reference: "{\"label\": \"spam\"}"))
  }

  @Test("free text is the response without white space at its ends")
  func freeText() {
    #expect(AnswerKind.freeText.read("  A text.\nOf two lines. \n") == "A text.\nOf two lines.")
    #expect(AnswerKind.freeText.read(" \n\t") == nil)
    #expect(AnswerKind.freeText.matches("a  b\nc", reference: "a b c"))
  }
}
