// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneModelFiles
import HoneOptimizers
import HoneReport
import HoneRuns

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run that was interrupted or killed.",
    discussion: """
      Recorded calls are not made again. A finished run prints its result again.

        hone resume my-run
        hone resume runs/my-run --quiet
        hone resume my-run --budget-failures 30%

      A model may be given by another name, as --model task=NAME, if it is the same
      one: the same model on other servers, for example.
      """)

  @Argument(help: "The run: its name in the runs folder, or the path of its folder.")
  var run: String

  @OptionGroup var runs: RunsOptions

  @OptionGroup var models: ModelOptions

  @OptionGroup var cache: CacheOptions

  @OptionGroup var failures: FailureOptions

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let console = Console.standard
    let folder = try runs.folder(of: run)
    let record = try runs.record(of: run)
    let form = output.form(on: console)
    if record.status == .finished {
      if form != .quiet { console.error("\(record.id) is finished; this is its result.") }
      try RunEnding(record: record, folder: folder, form: form, console: console).show()
      return
    }
    let search = try Catalog.make(record.task.optimizer, for: record.task.program)
    let news = ServiceNews(console: console, isQuiet: output.quiet)
    let opening = ModelOpening(
      library: ModelLibrary(), weights: models.weights, console: console, isQuiet: output.quiet,
      news: news)
    let set = try await opening.models(for: models.applied(to: record.task))
    var options = cache.options
    options.failureShare = failures.share
    options.prices = try TaskPrices(
      models.applied(to: record.task), environment: opening.environment
    ).byRole
    let resumed = try Run.resume(folder, models: set, optimizer: search, options: options)
    try await RunSitting(
      run: resumed, model: set.task.identity.name, form: form, console: console, news: news,
      runArgument: run
    ).perform()
  }
}
