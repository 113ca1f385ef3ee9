// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneModelFiles
import HoneRuns
import HoneStore
import HoneTasks
import Testing

@testable import HoneCLI

@Suite struct CommandFailureTests {
  @Test(
    arguments: [
      (CommandFailure(.failed, "x"), EndCode.failed),
      (TaskFileProblems(problems: []), .mistake),
      (ModelFileError(.unknownModel, "x"), .modelUnavailable),
      (ModelFileError(.unreachable, "x"), .modelUnavailable),
      (ModelFileError(.badName, "x"), .mistake),
      (ModelFileError(.disk, "x"), .failed),
      (ModelError(.unusableModel, "x"), .modelUnavailable),
      (ModelError(.engine, "x"), .failed),
      (RunError.noSuchRun(name: "x", known: []), .mistake),
      (RunError.tooManyFailures(failed: 1, of: 2, allowed: 0.1, last: "x"), .failed),
      (StoreError.notARun(folder: "x"), .mistake),
      (StoreError.locked(folder: "x", process: 3), .failed),
      (RunInterrupted(), .interrupted),
      (CancellationError(), .interrupted),
    ] as [(any Error, EndCode)])
  func `Each kind of error has its code`(error: any Error, code: EndCode) {
    #expect(CommandFailure(of: error).code == code)
  }

  @Test func `An error without words is a mistake of Hone's and says so`() {
    struct Odd: Error {}
    let failure = CommandFailure(of: Odd())
    #expect(failure.code == .internalError)
    #expect(failure.message.contains("Odd"))
  }

  @Test func `A missing file is named without the framework's words`() {
    let failure = #expect(throws: CocoaError.self) {
      try PromptFile.text(at: "/no/such/prompt.txt")
    }
    guard let failure else { return }
    #expect(CommandFailure(of: failure) == .mistake("there is no file /no/such/prompt.txt"))
  }

  @Test func `All mistakes of a task file are told, with how many`() {
    let problem = TaskProblem(file: "t.yaml", line: 3, message: "unknown key")
    let failure = CommandFailure(
      of: TaskFileProblems(problems: [problem, problem], omitted: 5))
    #expect(
      failure.message
        == "7 mistakes to put right\nt.yaml:3: unknown key\nt.yaml:3: unknown key\nand 5 more")
  }
}
