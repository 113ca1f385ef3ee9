// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Yes or no, true or false, valid or invalid")
struct BooleanAnswerTests {
  @Test(
    "yes or no is read from hard cases",
    arguments: [
      ("yes", "yes"), ("No.", "no"), ("**Yes**", "yes"), ("  \n\nNO\n", "no"), ("Yes!", "yes"),
      ("Yes, it is. There is no reason to doubt it.", "yes"), ("No, yes would be wrong.", "no"),
      ("Not plausible.", nil), ("The sentence is not plausible.", nil),
      ("There is no evidence for it.", nil), ("No one knows.", nil), ("No doubt, yes.", nil),
      ("Yes or no? The answer is no.", "no"), ("yes/no", nil), ("", nil), ("   ", nil),
      ("The answer is yes.", "yes"), ("Answer: No", "no"), ("A: yes", "yes"), ("False", "no"),
      ("true.", "yes"), ("invalid", "no"), ("1", "yes"), ("0.", "no"), ("1. The first step", nil),
      ("The answer is not yes.", nil), ("The answer is not valid.", "no"), ("Nope 🙂", "no"),
      ("👍", nil), ("The final answer would be: no", "no"), ("Nothing.", nil), ("yesterday", nil),
      ("He played well. So yes.", "yes"), ("Let us think step by step.\n\nNo", "no"),
      ("The answer to the question above is no.", "no"), ("### Answer\n\nYes", "yes"),
      ("\"Yes\"", "yes"), ("{\"answer\": \"no\"}", "no"), ("Yes is the correct answer", "yes"),
      ("Sure! Yes", "yes"), ("Answer: yes or no. Answer: no", "no"), ("Answer: I think yes", "yes"),
      ("Answer: there is no way to tell", nil), ("It isn't true", nil), ("no-one", nil),
    ] as [(String, String?)])
  func yesNo(response: String, answer: String?) {
    #expect(AnswerKind.yesNo.read(response) == answer)
  }

  @Test(
    "true or false is read also inside a sentence",
    arguments: [
      ("True", "true"), ("The expression is False.", "false"), ("It is not true.", "false"),
      ("That isn't false", "true"), ("True and False is False", "false"), ("true or false", nil),
      ("The result is: True", "true"), ("yes", "true"), ("0", "false"), ("That's true!", "true"),
      ("not ( True ) is false. So the whole is true.", "true"), ("#### False", "false"),
      ("the answer is **true**", "true"), ("untrue", nil), ("TRUE", "true"), ("vrai", nil),
      ("There is no answer", nil), ("Answer:\n\nFalse.", "false"), ("false positive", "false"),
      ("The answer is not false", "true"), ("It is neither true nor false.", nil),
    ] as [(String, String?)])
  func trueFalse(response: String, answer: String?) {
    #expect(AnswerKind.trueFalse.read(response) == answer)
  }

  @Test(
    "valid or invalid is read with negations",
    arguments: [
      ("valid", "valid"), ("The argument is invalid.", "invalid"), ("not valid", "invalid"),
      ("The argument is not deductively valid.", "invalid"), ("invalid argument", "invalid"),
      ("To be valid it must hold. It does not, so it is invalid.", "invalid"), ("No", "invalid"),
      ("The argument is valid or invalid.", nil), ("validity", nil), ("", nil),
      ("Answer: \"valid\"", "valid"), ("It isn't invalid", "valid"), ("0", "invalid"),
      ("Therefore, valid.", "valid"), ("The conclusion is: invalid", "invalid"),
      ("1", "valid"), ("Hence invalid", "invalid"), ("valid/invalid", nil), ("VALID!!", "valid"),
      ("The final answer is valid, I believe", "valid"), ("- valid", "valid"),
    ] as [(String, String?)])
  func validInvalid(response: String, answer: String?) {
    #expect(AnswerKind.validInvalid.read(response) == answer)
  }

  @Test("references of any pair take the kind's own words")
  func references() {
    #expect(AnswerKind.yesNo.normalForm(ofReference: "True") == "yes")
    #expect(AnswerKind.validInvalid.matches("invalid", reference: "no"))
    #expect(!AnswerKind.trueFalse.matches("true", reference: "False"))
  }
}
