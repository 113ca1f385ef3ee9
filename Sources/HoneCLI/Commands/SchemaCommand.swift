// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneOptimizers
import HoneTasks

struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of the task file, for editors.",
    discussion: """
      Put this line at the top of a task file to have it checked while you type:

        # yaml-language-server: $schema=task.schema.json

        hone schema > task.schema.json
      """)

  func run() async throws {
    Console.standard.out(try TaskSchema.text(optimizers: Catalog.all))
  }
}
