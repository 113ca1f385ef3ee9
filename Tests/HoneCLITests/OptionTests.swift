// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneModelFiles
import HoneModels
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

  @Test func `Each axis of the grid is a flag, equal to a setting of the same name`() throws {
    let flags = try GridOptions.parse([
      "--trajectory", "importance", "--k", "5", "--decay", "linear", "--warmup", "0.05",
      "--direction", "reflection", "--refinement", "edit", "--next-prompt", "beam", "--selection",
      "ucb", "--candidates", "4", "--step-size-start", "30", "--step-size-end", "5", "--beam", "2",
      "--momentum", "prompts", "--history", "all", "--score-threshold", "0.2", "--epochs", "2",
      "--batch", "4", "--format-examples", "2", "--proposer", "mixture", "--plateau", "0",
      "--finalists", "3",
      "--reject-large-steps", "true", "--phrasebook-reads", "all",
    ])
    let sets = try flags.settings.map { try SettingValue("\($0.name)=\($0.text)") }
    let gpo = try OptimizerLookup.description(of: "gpo")
    let start = OptimizerChoice(name: "gpo")
    let choice = try SettingChoice.applied(flags.settings, to: start, of: gpo)
    #expect(choice.settings.count == 23)
    #expect(try SettingChoice.applied(sets, to: start, of: gpo) == choice)
    // Said twice alike is no contradiction.
    #expect(try SettingChoice.applied(flags.settings + sets, to: start, of: gpo) == choice)
  }

  @Test func `Every mistake in flags and settings is told at once`() throws {
    let flags = try GridOptions.parse(["--k", "5", "--decay", "sine", "--trajectory", "none"])
    let sets = try [SettingValue("k=3"), SettingValue("kandidates=4")]
    let gpo = try OptimizerLookup.description(of: "gpo")
    let failure = #expect(throws: CommandFailure.self) {
      try SettingChoice.applied(
        flags.settings + sets, to: OptimizerChoice(name: "gpo"), of: gpo)
    }
    let lines = failure?.message.split(separator: "\n") ?? []
    #expect(lines.count == 4, "\(failure?.message ?? "")")
    let parts = [
      "--decay: must be one of none, fixed, linear, cosine, not “sine”",
      "--k 5 and --set k=3 contradict each other; leave one of the two out",
      "has no setting “kandidates”. Did you mean \"candidates\"?",
      "gpo: \"k\" has no effect with trajectory none",
    ]
    for part in parts { #expect(failure?.message.contains(part) == true, "\(part)") }
  }

  @Test func `A flag that the optimizer has no setting for is refused`() throws {
    let random = try OptimizerLookup.description(of: "random")
    let failure = #expect(throws: CommandFailure.self) {
      try SettingChoice.applied(
        try GridOptions.parse(["--decay", "none"]).settings,
        to: OptimizerChoice(name: "random"), of: random)
    }
    #expect(failure?.message.contains("random has no setting “decay”") == true)
  }

  @Test func `Demonstrations are left out or kept, and asked for only where there are some`() throws
  {
    var task = try Self.task
    let none = try DemonstrationOptions.parse(["--demonstrations", "none"])
    let fixed = try DemonstrationOptions.parse(["--demonstrations", "task"])
    let failure = #expect(throws: CommandFailure.self) { try fixed.applied(to: task) }
    #expect(failure?.message.contains("the task file has none") == true)
    #expect(try none.applied(to: task) == task)
    let alone = task
    task.program.stages[0].prompt.demonstrations = [
      Demonstration(fields: ["x": "1"], answer: "yes")
    ]
    #expect(try fixed.applied(to: task) == task)
    #expect(try none.applied(to: task) == alone)
    #expect(try DemonstrationOptions.parse([]).applied(to: task) == task)
  }

  @Test func `Limits of services come from the environment, and a slip is told`() throws {
    let limits = try RemoteSettings.options(in: [
      "HONE_CONCURRENCY": "4", "HONE_REQUESTS_PER_MINUTE": "600", "HONE_TOKENS_PER_MINUTE": "1e5",
    ]).limits
    #expect(limits.mostInFlight == 4)
    #expect(limits.startInFlight == 4)
    #expect(limits.requestsPerMinute == 600)
    #expect(limits.tokensPerMinute == 100_000)
    let patient = try RemoteSettings.options(in: [
      "HONE_TRIES": "3", "HONE_RETRY_WAIT": "0.25", "HONE_TIMEOUT": "900",
    ])
    #expect(patient.retries.attempts == 3)
    #expect(patient.retries.firstDelay == 0.25)
    #expect(patient.retries.longestDelay == 15)
    #expect(patient.transport.silenceSeconds == 900)
    #expect(patient.transport.totalSeconds == 900)
    #expect(throws: CommandFailure.self) {
      try RemoteSettings.options(in: ["HONE_RETRY_WAIT": "0"])
    }
    let failure = #expect(throws: CommandFailure.self) {
      try RemoteSettings.options(in: ["HONE_CONCURRENCY": "many"])
    }
    #expect(failure?.message.contains("HONE_CONCURRENCY") == true)
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
