// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneCore
import HoneOptimizers
import HoneReport

struct OptimizersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimizers",
    abstract: "List the optimizers, or the settings of one.",
    discussion: """
        hone optimizers
        hone optimizers gpo
      """)

  @Argument(help: "An optimizer, for its settings.")
  var name: String?

  @Flag(help: "One JSON object an optimizer.")
  var json = false

  func run() async throws {
    let console = Console.standard
    let chosen = try name.map { [try OptimizerLookup.description(of: $0)] } ?? Catalog.all
    if json {
      for optimizer in chosen { console.out(JSONLine.text(OptimizerText.members(of: optimizer))) }
    } else if name == nil {
      let table = TextTable(
        header: ["optimizer", "what it does"], rows: chosen.map { [$0.name, $0.summary] },
        style: console.outputStyle)
      console.out(table.text)
      console.error("Settings of one: hone optimizers NAME")
    } else {
      let width = console.size.columns
      console.out(
        chosen.map { OptimizerText.settings(of: $0, columns: width, console.outputStyle) }
          .joined(separator: "\n\n"))
    }
  }
}
