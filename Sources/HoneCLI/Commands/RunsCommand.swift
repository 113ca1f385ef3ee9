// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneReport
import HoneRuns

struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show, export and remove runs.",
    discussion: """
        hone runs list
        hone runs show my-run
        hone runs export my-run -o run.json
        hone runs remove my-run --yes
      """,
    subcommands: [List.self, Show.self, Export.self, Remove.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "One line a run, the newest first.")

    @OptionGroup var runs: RunsOptions

    @Flag(help: "One JSON object a run.")
    var json = false

    func run() async throws {
      let console = Console.standard
      let found = try runs.catalog.list()
      guard !json else {
        for run in found {
          console.out(try RecordJSON.line(run))
        }
        return
      }
      guard !found.isEmpty else {
        console.error("There are no runs in \(runs.runs). Start one with: hone optimize TASK")
        return
      }
      console.out(RunTable(found, style: console.outputStyle).text)
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The summary of a run.",
      discussion: "  hone runs show my-run")

    @Argument(help: "The run.")
    var run: String

    @OptionGroup var runs: RunsOptions

    @Flag(help: "The whole record as JSON.")
    var json = false

    func run() async throws {
      let console = Console.standard
      let record = try runs.record(of: run)
      if json {
        console.out(try RecordJSON.text(record))
      } else {
        console.out(
          SummaryText(record, columns: console.size.columns, style: console.outputStyle).text)
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The whole record of a run as one JSON file.",
      discussion: "  hone runs export my-run -o run.json")

    @Argument(help: "The run.")
    var run: String

    @OptionGroup var runs: RunsOptions

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
    var output = "-"

    func run() async throws {
      let record = try runs.record(of: run)
      try OutputFile(output).write(try RecordJSON.text(record), .standard)
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete runs with all their files.",
      discussion: "  hone runs remove my-run other-run --yes")

    @Argument(help: "The runs.")
    var names: [String]

    @OptionGroup var runs: RunsOptions

    @Flag(help: "Do not ask.")
    var yes = false

    func run() async throws {
      let console = Console.standard
      for name in names { _ = try runs.folder(of: name) }
      let list = names.joined(separator: ", ")
      try console.requireConsent(yes, to: "Delete \(list) with all records?")
      for name in names {
        try runs.catalog.remove(name)
        console.error("Removed \(name).")
      }
    }
  }
}
