// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HonePrograms

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "The exact messages of each stage of a saved program.",
    discussion: """
      Fields without a value stand in braces, such as those that an earlier stage
      writes.

        hone show runs/my-run/program.json
        hone show my-run --field question="How many legs have two spiders?"
        hone show my-run --stage solve --json
      """)

  @Argument(help: "A saved program, or a run: its name or the path of its folder.")
  var program: String

  @OptionGroup var runs: RunsOptions

  @Option(
    name: .customLong("field"),
    help: ArgumentHelp("A field of the example. May be repeated.", valueName: "name=text"),
    transform: FieldValue.init)
  var fields: [FieldValue] = []

  @Option(help: ArgumentHelp("Only this stage.", valueName: "name"))
  var stage: String?

  @Flag(help: "The messages as one JSON object a stage.")
  var json = false

  func run() async throws {
    let saved = try loaded()
    let given = Dictionary(fields.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
    var shown: [SavedProgram.StageMessages]
    do {
      shown = try saved.messages(given)
    } catch {
      throw CommandFailure.mistake("\(error)")
    }
    if let stage {
      let names = shown.map(\.stage.name)
      shown = shown.filter { $0.stage.name == stage }
      if shown.isEmpty {
        throw CommandFailure.mistake(
          NearestName.message("there is no stage “\(stage)”", for: stage, among: names))
      }
    }
    let texts = shown.map { json ? StageText($0).json : StageText($0).text }
    Console.standard.out(texts.joined(separator: json ? "\n" : "\n\n"))
  }

  /// The program of a file or a run.
  private func loaded() throws -> SavedProgram {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: program, isDirectory: &isFolder)
    if exists && !isFolder.boolValue || program.hasSuffix(".json") {
      do {
        return try SavedProgram.load(URL(filePath: program))
      } catch {
        throw CommandFailure.mistake("\(error)")
      }
    }
    let record = try runs.record(of: program)
    let best = record.result?.best ?? Candidate(seedOf: record.task.program)
    if record.result == nil {
      Console.standard.error("note: the search is not at its end; these are the seed's prompts.")
    }
    return SavedProgram(best, of: record.task)
  }
}
