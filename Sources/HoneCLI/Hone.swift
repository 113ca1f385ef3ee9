// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore

/// The command `hone`.
@main
struct Hone: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hone",
    abstract: "Finds better prompts for language models, with the evidence.",
    discussion: """
      Give it a task file (examples, a metric and a starting prompt) and a budget:

        hone init tickets.jsonl -o task.yaml    write a task file from your data
        hone check task.yaml                    find every mistake in it
        hone optimize task.yaml                 search, then test once on unseen rows
        hone report my-run --open               read the evidence
        hone export my-run --to openai          take the prompt away

      Completion for your shell (zsh, bash or fish):

        hone --generate-completion-script zsh

      Exit codes:
        0  done                   3  a model is not available
        1  failed                 4  the budget is too small
        2  a mistake in what      5  interrupted, can be resumed
           was given             70  a mistake in Hone itself
      """,
    version: HoneVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Task",
        subcommands: [InitCommand.self, CheckCommand.self, SchemaCommand.self]),
      CommandGroup(
        name: "Search",
        subcommands: [OptimizeCommand.self, ResumeCommand.self, RunsCommand.self]),
      CommandGroup(
        name: "Evidence",
        subcommands: [
          ReportCommand.self, EvalCommand.self, CompareCommand.self, ExportCommand.self,
          ShowCommand.self,
        ]),
      CommandGroup(
        name: "Stock",
        subcommands: [ModelsCommand.self, OptimizersCommand.self, CacheCommand.self]),
    ] + Self.training)

  /// Commands that a build with HONE_TRAINING=0 lacks.
  private static var training: [CommandGroup] {
    #if HONE_TRAINING
      [
        CommandGroup(
          name: "Prompters",
          subcommands: [PrompterCommand.self, ServeCommand.self, BetterTogetherCommand.self])
      ]
    #else
      []
    #endif
  }

  static func main() async {
    let code = await CommandLineEntry(console: .standard).run(
      Array(ProcessInfo.processInfo.arguments.dropFirst()))
    // Interrupted, the engine may still compute on threads of its own, which must not find what the
    // libraries put away at exit gone.
    fflush(nil)
    _exit(code.rawValue)
  }
}
