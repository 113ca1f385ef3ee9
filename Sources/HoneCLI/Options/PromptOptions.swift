// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HonePrograms

/// A prompt to use in place of the task's.
struct PromptOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A text file with the instruction, such as a run's prompt.txt.", valueName: "file"),
    completion: .file())
  var prompt: String?

  @Option(help: ArgumentHelp("The instruction itself.", valueName: "text"))
  var instruction: String?

  @Option(
    help: ArgumentHelp(
      "A saved program, such as a run's program.json, with the prompts of all stages.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var program: String?

  func validate() throws {
    if [prompt, instruction, program].compactMap({ $0 }).count > 1 {
      throw ValidationError("give --prompt or --instruction or --program, one of them")
    }
  }

  /// The candidate to score.
  func candidate(of task: PromptTask) throws -> Candidate {
    if let program { return try ProgramFile.candidate(at: program, of: task) }
    if let instruction { return try Self.candidate(instruction, of: task) }
    guard let prompt else { return Candidate(seedOf: task.program) }
    return try Self.candidate(PromptFile.text(at: prompt), of: task)
  }

  /// The candidate with an instruction in place of the task's own.
  /// - Throws: `CommandFailure` for a program of several stages.
  static func candidate(
    _ instruction: String, of task: PromptTask
  ) throws(CommandFailure) -> Candidate {
    let stages = task.program.stages
    guard stages.count == 1, let stage = stages.first else {
      throw .mistake(
        "the task's program has \(stages.count) stages, and one instruction is given; write the "
          + "stages' instructions into the task file, or give a saved program")
    }
    return Candidate(seedOf: task.program).child(
      instruction: instruction, stage: stage.name, move: "given", step: 0)
  }
}

/// A JSON file with the prompts of all stages: Hone's own, or the state that DSPy saves.
enum ProgramFile {
  /// The candidate that the file makes of a task's program.
  static func candidate(at path: String, of task: PromptTask) throws -> Candidate {
    let url = URL(filePath: path)
    do {
      if let data = try? Data(contentsOf: url), DSPyState.isOne(data) {
        return try DSPyState.load(url).candidate(of: task.program, from: path)
      }
      return try SavedProgram.load(url).candidate(of: task.program, from: path)
    } catch {
      throw CommandFailure.mistake("\(error)")
    }
  }
}

/// A text file with an instruction.
enum PromptFile {
  /// The text without the line feed that ends the file.
  static func text(at path: String) throws -> String {
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
