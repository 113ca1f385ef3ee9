// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneModelFiles
  import HoneOptimizers
  import HoneReport
  import HoneRuns
  import HoneTasks
  import HoneTraining

  struct BetterTogetherCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "better-together",
      abstract: "Search for a prompt and tune the model's weights by turns.",
      discussion: """
        A round of prompts is the task's search, with its budget. A round of weights
        tunes low-rank changes of the task model on its own right answers to the
        training rows under the present prompt. The round that is best on dev is kept.
        The test rows are opened once, in the end. The same command goes on where it
        was.

          hone better-together task.yaml --name both
          hone better-together task.yaml --name both --rounds weights,prompt --rank 8
          hone eval task.yaml --program together/both/program.json \\
            --model task=smollm2-135m-instruct+together/both/adapter.gguf
        """)

    @Argument(help: "The task file.", completion: .file(extensions: ["yaml", "yml", "json"]))
    var task: String

    @Option(help: ArgumentHelp("The name of the result.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("What changes in turn.", valueName: "prompt|weights,…"))
    var rounds = "prompt,weights,prompt"

    @Option(
      help: ArgumentHelp("The folder of results.", valueName: "dir"), completion: .directory)
    var together = "together"

    @Option(
      help: ArgumentHelp(
        "Answers drawn to each training row beside the likeliest one, at temperature 1.",
        valueName: "n"))
    var samples = 3

    @Option(
      help: ArgumentHelp(
        "The least score of an answer to tune on; unless given 1 where answers are right or wrong, "
          + "else the median.", valueName: "x"))
    var least: Double?

    @OptionGroup(title: "Weights") var training: TrainingOptions

    @OptionGroup(title: "Models") var models: ModelOptions

    @OptionGroup var runs: RunsOptions

    @OptionGroup var cache: CacheOptions

    @OptionGroup(title: "Budget of each search") var budget: BudgetOptions

    @Flag(help: "No progress, the result alone.")
    var quiet = false

    func validate() throws {
      _ = try TogetherRound.rounds(rounds)
      if samples < 0 || samples > 64 { throw ValidationError("--samples must be in 0…64") }
      do {
        try training.settings.check()
      } catch {
        throw ValidationError(error.description)
      }
    }

    func run() async throws {
      let console = Console.standard
      var loaded = try TaskFile.load(URL(filePath: task), optimizers: Catalog.all)
      loaded.task = models.applied(to: loaded.task)
      loaded.task.budget = budget.applied(to: loaded.task.budget)
      let folder = try TogetherFolder(
        name, in: URL(filePath: together, directoryHint: .isDirectory))
      let work = TogetherWork(
        loaded: loaded, rounds: try TogetherRound.rounds(rounds), folder: folder,
        samples: samples, least: least, training: training, weights: models.weights ?? .f16,
        catalog: runs.catalog, cache: cache, console: console, isQuiet: quiet)
      try work.check()
      try await work.run()
    }
  }
#endif
