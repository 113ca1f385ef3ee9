// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneModelFiles
import HoneOptimizers
import HoneReport
import HoneRuns
import HoneTasks

struct OptimizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize",
    abstract: "Search for a better prompt and test it once on unseen rows.",
    discussion: """
      Flags win over the task file. Ctrl-C finishes the step, saves and says how to
      resume.

        hone optimize task.yaml
        hone optimize task.yaml --dry-run
        hone optimize task.yaml --budget-calls 2000 --seed 3 --name third-try
        hone optimize task.yaml --set candidates=4 --set epochs=2
        hone optimize task.yaml --optimizer gpo --trajectory importance --k 5 --decay linear
        hone optimize task.yaml --optimizer sgdm --proposer meta-prompt --next-prompt beam --beam 2
        hone optimize task.yaml --model optimizer=path/to/larger.gguf
        hone optimize task.yaml --model task=openai:gpt-4o-mini
        hone optimize task.yaml --json | jq 'select(.type == "stepFinished").bestScore'
      """)

  @Argument(help: "The task file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var task: String

  @Option(help: ArgumentHelp("The search; hone optimizers lists them.", valueName: "name"))
  var optimizer: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("A setting of the optimizer. May be repeated.", valueName: "name=value"),
    transform: SettingValue.init)
  var settings: [SettingValue] = []

  @OptionGroup(title: "Grid") var grid: GridOptions

  @OptionGroup(title: "Demonstrations") var demonstrations: DemonstrationOptions

  @OptionGroup(title: "Budget") var budget: BudgetOptions

  @Option(
    help: ArgumentHelp(
      "A saved program to start from, such as an earlier run's program.json.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var program: String?

  @Option(help: ArgumentHelp("The seed of everything random.", valueName: "n"))
  var seed: UInt64?

  @OptionGroup(title: "Models") var models: ModelOptions

  @OptionGroup var runs: RunsOptions

  @Option(help: ArgumentHelp("The run's name.", valueName: "name"))
  var name: String?

  @OptionGroup var cache: CacheOptions

  @Flag(help: "Print what the run will cost at most, then stop; no model is called.")
  var dryRun = false

  #if HONE_TRAINING
    @Flag(
      help:
        "In the end keep the worst and the best prompts in the run's folder to train a prompter.")
    var thenTrain = false
  #endif

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let console = Console.standard
    var loaded = try TaskFile.load(URL(filePath: task), optimizers: Catalog.all)
    loaded.task = try overridden(loaded.task)
    for warning in loaded.warnings where !output.quiet {
      console.error("note: " + VisibleText.line(warning))
    }
    let search = try Catalog.make(loaded.task.optimizer, for: loaded.task.program)
    let prices = try TaskPrices(loaded.task, environment: ProcessInfo.processInfo.environment)
    if let notice = prices.notice(budget: loaded.task.budget), !output.quiet {
      console.error("note: " + notice)
    }
    var options = cache.options
    options.prices = prices.byRole
    let plan = try RunPlan(loaded, optimizer: search, options: options)
    try plan.check()
    guard !dryRun else {
      console.out(output.json ? PlanText(plan).json : PlanText(plan).text)
      return
    }
    let news = ServiceNews(console: console, isQuiet: output.quiet)
    let opening = ModelOpening(
      library: ModelLibrary(), weights: models.weights, console: console, isQuiet: output.quiet,
      news: news)
    let set = try await opening.models(for: loaded.task)
    let run = try Run.create(
      loaded, models: set, optimizer: search, in: runs.catalog, name: name, options: options)
    try await RunSitting(
      run: run, model: set.task.identity.name, form: output.form(on: console), console: console,
      news: news, runArgument: runs.argument(for: run)
    ).perform()
    #if HONE_TRAINING
      if thenTrain { try RunTrainingData(catalog: runs.catalog, console: console).keep(of: run) }
    #endif
  }

  /// The task with what the flags say.
  private func overridden(_ task: PromptTask) throws -> PromptTask {
    var task = try demonstrations.applied(to: models.applied(to: task))
    task.budget = budget.applied(to: task.budget)
    task.seed = seed ?? task.seed
    if let program {
      let start = try ProgramFile.candidate(at: program, of: task)
      for index in task.program.stages.indices {
        let name = task.program.stages[index].name
        task.program.stages[index].prompt =
          start.prompts[name] ?? task.program.stages[index].prompt
      }
    }
    if let optimizer, optimizer != task.optimizer.name {
      task.optimizer = OptimizerChoice(name: optimizer)
    }
    let description = try OptimizerLookup.description(of: task.optimizer.name)
    task.optimizer = try SettingChoice.applied(
      grid.settings + settings, to: task.optimizer, of: description)
    return task
  }
}
