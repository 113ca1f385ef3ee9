// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

struct CandidateTextTests {
  private static func program(_ names: [String]) throws -> Program {
    Program(
      stages: try names.map { try Stage($0, "text -> \($0)_out", instruction: "Do \($0).") })
  }

  @Test("A program's text has its stages in their order, not in that of their names")
  func order() throws {
    let program = try Self.program(["solve_code", "solve_answer"])
    let candidate = Candidate(seedOf: program)
    #expect(
      candidate.text(of: program) == "solve_code: Do solve_code.\nsolve_answer: Do solve_answer.")
    #expect(candidate.text == "solve_answer: Do solve_answer.\nsolve_code: Do solve_code.")
  }

  @Test("Of one stage the text is the instruction")
  func one() throws {
    let program = try Self.program(["say"])
    #expect(Candidate(seedOf: program).text(of: program) == "Do say.")
  }
}
