// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Numbers")
struct NumberAnswerTests {
  @Test(
    "a number is read and rounded",
    arguments: [
      ("42", "42"), ("42.", "42"), ("The answer is 7.", "7"), ("-5", "-5"), ("\u{2212}3", "-3"),
      ("$1,234.50", "1234.5"), ("1,234,567 people", "1234567"), ("twelve", "12"), ("Twelve.", "12"),
      ("twenty-one apples", "21"), ("one hundred and five", "105"), ("two thousand", "2000"),
      ("3/4", "0.75"), ("1 1/2 cups", "1.5"), ("½", "0.5"), ("2½", "2.5"), ("50%", "50"),
      ("#### 18", "18"), ("So 3 + 4 = 7", "7"), ("The answer is 3 + 4 = 7.", "7"), ("", nil),
      ("5 - 3 = 2", "2"), ("1. First add them.\n2. The sum is 9.", "9"), ("no number", nil),
      ("The answer is **12** apples", "12"), ("\\boxed{8}", "8"), ("Answer:\n\n6", "6"),
      ("He has 3 apples and 4 pears, so the total is: 7 fruits", "7"), ("B12", nil), (".5", "0.5"),
      ("10-12", "12"), ("He paid €3.999", "4"), ("1e3", "1000"), ("2.5e-1", "0.25"), ("🙂 3", "3"),
      ("minus four", "-4"), ("No one came.", nil), ("There is one", "1"), ("0.005", "0.01"),
      ("-0.001", "0"), ("The answer is 5, not 6.", "5"),
      ("The answer is unclear. The answer is 4", "4"),
      ("12\n\nQ: what is 3+3?\nA: 6", "12"), ("3 steps:\n1. add\n2. stop with 8", "8"),
      ("007", "7"),
      ("1,23", "23"), ("12/05/2024", "2024"),
      ("99999999999999999999999.994", "99999999999999999999999.99"),
      ("9.999", "10"), ("the 2nd", "2"), ("A: 5", "5"), ("+7", "7"), ("(3)", "3"), ("$ 40", "40"),
      ("The answer is $-2$.", "-2"), ("-$5", "-5"), ("1e999999", "1"), ("3.", "3"), ("5!", "5"),
    ] as [(String, String?)])
  func numbers(response: String, answer: String?) {
    #expect(AnswerKind.number(decimals: 2).read(response) == answer)
  }

  @Test("references are rounded like answers")
  func references() {
    let kind = AnswerKind.number(decimals: 0)
    #expect(kind.matches("7", reference: "7.4"))
    #expect(kind.matches("1234", reference: "1,234"))
    #expect(!kind.matches("7", reference: "8"))
    #expect(kind.read("7.5") == "8")
    #expect(kind.read("-7.5") == "-8")
    #expect(AnswerKind.number(decimals: -3).read("7.2") == "7")
  }
}
