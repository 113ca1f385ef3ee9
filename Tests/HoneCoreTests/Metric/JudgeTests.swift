// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("The judge's request and grade")
struct JudgeTests {
  @Test(
    "a grade is read from many forms",
    arguments: [
      ("It is kind.\nGrade: 8", 8.0), ("Grade: 7/10", 7), ("**Grade:** 9.5", 9.5), ("Grade = 0", 0),
      ("The grade is 6.", 6), ("Grade: 10", 10), ("Good.\n\n7", 7), ("Score: 4 out of 10", 4),
      ("Grade: 3 at first, but then\nGrade: 5", 5), ("### Grade\nGrade: `2`", 2), ("7.", 7),
      ("grade of 8", 8), ("Fine\n**6/10**", 6), ("Grade: 8.0.", 8), ("Grade: 7\nThank you.", 7),
      ("Grade: 6 points", 6), ("Grade:\n9", 9),
    ] as [(String, Double)])
  func grades(text: String, grade: Double) {
    #expect(JudgeGrade(text)?.grade == grade)
  }

  @Test(
    "what is no grade from 0 to 10 is a failure, not a 0",
    arguments: [
      "", "Very good.", "Grade: 11", "Grade: -3", "Grade: 80/100", "Grade: A", "Grade:",
      "There are 3 points",
      "Grade: 7th", "100", "Grade: 7 out of 100", "7 of the points",
    ])
  func noGrade(text: String) {
    #expect(JudgeGrade(text) == nil)
    guard case .failed(let error) = JudgeGrade.outcome(of: text) else {
      Issue.record("not a failure")
      return
    }
    #expect(error.message.contains("Grade: 7"))
  }

  @Test("the reasons before the grade become feedback")
  func reasons() {
    #expect(
      JudgeGrade.outcome(of: "It is kind but long.\n\n**Grade:** 7")
        == .scored(Score(0.7, feedback: "It is kind but long.")))
    #expect(JudgeGrade.outcome(of: "Grade: 5") == .scored(Score(0.5)))
    #expect(JudgeGrade.outcome(of: "Too long.\n4") == .scored(Score(0.4, feedback: "Too long.")))
  }

  @Test("the request shows rubric, input, references and response, and how to write the grade")
  func request() throws {
    let example = Example(
      id: "1", fields: ["ticket": "It broke.", "product": "Lamp"],
      references: ["Sorry!", "We are sorry."])
    let messages = JudgeRequest(rubric: "Be kind.", example: example, response: "Bad luck.")
      .messages
    #expect(messages.map(\.role) == [.system, .user])
    let text = try #require(messages.last?.content)
    for part in [
      "Be kind.", "product: Lamp\nticket: It broke.", "Sorry!\nWe are sorry.", "Bad luck.",
    ] {
      #expect(text.contains(part))
    }
    #expect(text.hasSuffix("Grade: <number>"))
    let bare = JudgeRequest(
      rubric: "R", example: Example(id: "1", fields: ["q": "Why?"], references: []), response: "x")
    #expect(bare.messages.last?.content.contains("Reference") == false)
    #expect(bare.messages.last?.content.contains("q:") == false)
  }
}
