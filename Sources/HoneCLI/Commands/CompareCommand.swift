// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneOptimizers
import HoneReport
import HoneRuns
import HoneTasks

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two prompts or runs on the same rows.",
    discussion: """
      A and B are runs, compared by their best prompts on the test rows they share;
      or, with --task, prompts: each a text file or the instruction itself.

        hone compare my-run other-run
        hone compare old.txt new.txt --task task.yaml
        hone compare "Answer." runs/my-run/prompt.txt --task task.yaml --split dev
        hone compare runs/a/program.json runs/b/program.json --task task.yaml
      """)

  @Argument(help: "The first run or prompt.")
  var first: String

  @Argument(help: "The second run or prompt.")
  var second: String

  @OptionGroup var runs: RunsOptions

  @Option(
    help: ArgumentHelp("Compare prompts on this task.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var task: String?

  @Option(help: ArgumentHelp("With --task, the rows to use.", valueName: "train|dev|test"))
  var split = Split.dev

  @OptionGroup(title: "Models") var models: ModelOptions
  @OptionGroup var cache: CacheOptions

  @Flag(help: "The comparison as one JSON object.")
  var json = false

  func run() async throws {
    let console = Console.standard
    let comparison =
      if let task { try await comparePrompts(task) } else {
        try runs.catalog.compare(first, second)
      }
    if json {
      console.out(JSONLine.text(EventDocument.json(comparison)))
    } else {
      let text = ComparisonText(
        comparison, names: (first, second), style: console.outputStyle)
      console.out(text.text)
    }
  }

  private func comparePrompts(_ path: String) async throws -> PairedComparison {
    var loaded = try TaskFile.load(URL(filePath: path), optimizers: Catalog.all)
    loaded.task = models.applied(to: loaded.task)
    let work = PromptScoring(
      loaded: loaded, split: split, models: models, cache: cache, console: .standard,
      isQuiet: json)
    return try await work.compare(
      try Self.candidate(first, of: loaded.task), try Self.candidate(second, of: loaded.task)
    ).comparison
  }

  /// A saved program, a text file's content, or the text itself.
  private static func candidate(_ argument: String, of task: PromptTask) throws -> Candidate {
    if argument.hasSuffix(".json") { return try ProgramFile.candidate(at: argument, of: task) }
    let isFile = FileManager.default.fileExists(atPath: argument)
    return try PromptOptions.candidate(
      isFile ? PromptFile.text(at: argument) : argument, of: task)
  }
}
