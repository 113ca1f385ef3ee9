// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneReport

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the HTML report of a run.",
    discussion: """
      One file that needs no network. Works while the run is at work too.

        hone report my-run --open
        hone report my-run -o evidence.html
      """)

  @Argument(help: "The run: its name in the runs folder, or the path of its folder.")
  var run: String

  @OptionGroup var runs: RunsOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; the run's report.html by default.", valueName: "file"))
  var output: String?

  @Flag(help: "Open it with the system's program.")
  var open = false

  func run() async throws {
    let console = Console.standard
    let record = try runs.record(of: run)
    let page = RunPage(folder: try runs.folder(of: run), console: console)
    let file = output.map { URL(filePath: $0) } ?? page.file
    try OutputFile.requireFolder(of: file)
    try page.write(record, to: file)
    console.out(RelativePath.fromHere(file))
    if open { try SystemOpener.open(file) }
  }
}
