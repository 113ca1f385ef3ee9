// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneModelFiles
import HoneOptimizers
import HoneRuns
import HoneTasks

struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Score one prompt on a split.",
    discussion: """
      Without a prompt of its own it scores the task's. The test split is opened only
      when asked for: a prompt chosen by test scores has no honest test score left.

        hone eval task.yaml
        hone eval task.yaml --instruction "Answer with one word."
        hone eval task.yaml --demonstrations none
        hone eval task.yaml --prompt runs/my-run/prompt.txt --split test
        hone eval task.yaml --program runs/my-run/program.json
      """)

  @Argument(help: "The task file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var task: String

  @OptionGroup var prompt: PromptOptions

  @Option(help: ArgumentHelp("The rows to use.", valueName: "train|dev|test"))
  var split = Split.dev

  @Option(
    help: ArgumentHelp("Use the first rows of the split only, not of test.", valueName: "n"))
  var limit: Int?

  @OptionGroup var demonstrations: DemonstrationOptions

  @OptionGroup(title: "Models") var models: ModelOptions
  @OptionGroup var cache: CacheOptions

  @Flag(help: "The outcome of every example as one JSON object.")
  var json = false

  @Flag(help: "No progress, the result alone.")
  var quiet = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    if limit != nil, split == .test {
      throw ValidationError("--limit does not go with --split test, which is opened as a whole")
    }
  }

  func run() async throws {
    let console = Console.standard
    var loaded = try TaskFile.load(URL(filePath: task), optimizers: Catalog.all)
    loaded.task = try demonstrations.applied(to: models.applied(to: loaded.task))
    if let limit {
      loaded.splits.dev = Array(loaded.splits.dev.prefix(limit))
      loaded.splits.train = Array(loaded.splits.train.prefix(limit))
    }
    let candidate = try prompt.candidate(of: loaded.task)
    let work = PromptScoring(
      loaded: loaded, split: split, models: models, cache: cache, console: console,
      isQuiet: quiet || json)
    let evaluation = try await work.evaluate(candidate)
    let text = EvaluationText(
      evaluation, task: loaded.task, split: split, style: console.outputStyle)
    console.out(json ? text.json : text.text)
  }
}

extension Split: ExpressibleByArgument {}
