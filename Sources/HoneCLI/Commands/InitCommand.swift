// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneTasks

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented task file from a data file.",
    discussion: """
      Looks at a JSONL, CSV or TSV file and guesses the input fields, the answer
      field and the kind of answer. Read what it wrote, then run hone check on it.

        hone init tickets.jsonl
        hone init reviews.csv -o reviews/task.yaml
        hone init reviews.csv -o - | less
      """)

  @Argument(help: "The data file.", completion: .file(extensions: ["jsonl", "csv", "tsv"]))
  var data: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output = "task.yaml"

  @Flag(help: "Write over a file that is there already.")
  var force = false

  func run() async throws {
    let console = Console.standard
    let target = URL(filePath: output)
    let folder = output == "-" ? URL(filePath: ".") : target.deletingLastPathComponent()
    let file = URL(filePath: data)
    let text = try TaskTemplate(dataFile: file).text(dataPath: RelativePath.of(file, from: folder))
    if output != "-", !force, FileManager.default.fileExists(atPath: target.path) {
      throw CommandFailure.mistake(
        "\(output) is there already; choose another name with -o, or write over it with --force")
    }
    guard output != "-" else {
      console.out(text)
      return
    }
    try OutputFile.requireFolder(of: target)
    try Data(text.utf8).write(to: target, options: .atomic)
    console.out("Wrote \(output).")
    console.error("Look through it, then: hone check \(output)")
  }
}
