// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Choice letters")
struct ChoiceAnswerTests {
  @Test(
    "a letter is read from hard cases",
    arguments: [
      ("(B)", "B"), ("B)", "B"), ("**B**", "B"), ("answer: B.", "B"), ("b", "B"), ("B.", "B"),
      ("[c]", "C"), ("(b) The House", "B"), ("B. The House", "B"), ("A", "A"), ("A.", "A"),
      ("A penguin is a bird.", nil), ("A: The answer is (C)", "C"), ("The answer is A", "A"),
      ("The answer is A because it fits", "A"), ("Answer: A penguin", nil), ("(E)", nil),
      ("E", nil),
      ("The correct answer is option (D).", "D"), ("(C) is the correct answer.", "C"),
      ("The correct option is B", "B"), ("B is correct", "B"), ("\\boxed{C}", "C"), ("", nil),
      ("(A) is wrong because of its year. The answer is (B).", "B"), ("(A) or (B)", nil),
      ("(A) Babe\n(B) The House\n(C) Saving Santa\nThe answer is (C)", "C"),
      ("(A) Babe\n(B) The House\n(C) Saving Santa\n(D) Experimenter", nil),
      ("Films differ. (A) does not fit at all. So it must be (D).", "D"), ("🙂 (D)", "D"),
      ("It was filmed in Washington D.C. by others", nil), ("I think it is hard to say", nil),
      ("The plan B failed. Option: C", "C"), ("### Answer\nD", "D"), ("\"B\"", "B"),
      ("{\"answer\": \"C\"}", "C"), ("The House", nil), ("D) Experimenter\n\nBecause it fits", "D"),
    ] as [(String, String?)])
  func letters(response: String, answer: String?) {
    #expect(AnswerKind.choice(last: "D").read(response) == answer)
  }

  @Test("references with and without brackets are the same")
  func references() {
    let kind = AnswerKind.choice(last: "e")
    #expect(kind.normalForm(ofReference: "(E)") == "E")
    #expect(kind.matches("A", reference: "(A) 26"))
    #expect(kind.matches("B", reference: "b"))
    #expect(!kind.matches("B", reference: "(A)"))
    #expect(kind.options == ["A", "B", "C", "D", "E"])
  }
}
