// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneModelFiles
import HoneRuns
import HoneTasks
import Testing

@testable import HoneCLI

@Suite struct OptionTests {
  private let optimizer = OptimizerDescription(
    name: "gpo", summary: "s", paper: "p",
    settings: [
      SettingDescription(
        name: "candidates", kind: .integer(1...64), defaultValue: .number(8), help: "h"),
      SettingDescription(name: "strict", kind: .flag, defaultValue: .bool(false), help: "h"),
      SettingDescription(
        name: "proposer", kind: .choice(["model", "mixture"]), defaultValue: .string("mixture"),
        help: "h"),
    ])

  @Test(arguments: [
    ("candidates=8", JSONValue.number(8)), ("strict=yes", .bool(true)),
    ("strict=false", .bool(false)),
    ("proposer=model", .string("model")),
  ])
  func `A setting is read as its kind asks`(argument: String, value: JSONValue) throws {
    #expect(try SettingValue(argument).value(for: optimizer) == value)
  }

  @Test(arguments: [
    ("candidates=0", "must be a whole number from 1 to 64"),
    ("candidates=many", "must be a whole number from 1 to 64"),
    ("strict=perhaps", "must be true or false"),
    ("proposer=oracle", "must be one of model, mixture"),
    ("candidate=3", "Did you mean \"candidates\"?"),
  ])
  func `A wrong setting is told with what it takes`(argument: String, message: String) throws {
    let setting = try SettingValue(argument)
    let failure = #expect(throws: CommandFailure.self) { try setting.value(for: optimizer) }
    #expect(failure?.code == .mistake)
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }

  @Test func `Flags take the place of the task's limits, one by one`() throws {
    let options = try BudgetOptions.parse(["--budget-calls", "2k", "--budget-time", "1h 30m"])
    let budget = options.applied(to: Budget(calls: 5, tokens: 7, seconds: 9))
    #expect(budget == Budget(calls: 2000, tokens: 7, seconds: 5400))
  }

  @Test func `Models are named by role`() throws {
    let options = try ModelOptions.parse(
      ["--model", "task=a", "--model", "optimizer=path/to=b.gguf", "--weights", "q4_0"])
    #expect(options.weights == .q4_0)
    let models = options.models.map { [$0.role.rawValue, $0.name] }
    #expect(models == [["task", "a"], ["optimizer", "path/to=b.gguf"]])
  }

  @Test func `A role without a model takes the task's`() throws {
    var task = try Self.task
    #expect(ModelOpening.name(of: .optimizer, in: task) == ModelCatalog.defaultModel)
    task.models = [.task: "a", .embedder: "b"]
    #expect(ModelOpening.name(of: .optimizer, in: task) == "a")
    #expect(ModelOpening.name(of: .embedder, in: task) == "b")
  }

  private static var task: PromptTask {
    get throws {
      PromptTask(
        name: "t", description: "d", inputFields: ["x"],
        answer: AnswerFormat(kind: .yesNo), metric: .accuracy,
        program: Program(
          prompt: Prompt(instruction: "i", question: try SlotTemplate("{x}")), inputs: ["x"]))
    }
  }

  @Test func `Every command explains itself with an example`() {
    func check(_ command: any ParsableCommand.Type, _ path: String) {
      let subcommands = command.configuration.subcommands
      #expect(!command.configuration.abstract.isEmpty, "\(path)")
      for next in subcommands { check(next, path + " " + next._commandName) }
      let isLeaf = subcommands.isEmpty
      let hasExample = command.configuration.discussion.contains(path)
      #expect(hasExample || (isLeaf && path.hasSuffix(" list")), "\(path)")
    }
    check(Hone.self, "hone")
  }
}
