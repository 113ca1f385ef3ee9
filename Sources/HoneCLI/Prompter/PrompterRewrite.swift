// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneModelFiles
  import HoneTraining

  struct PrompterRewrite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rewrite", abstract: "Rewrite prompts with a trained prompter.",
      discussion: """
          hone prompter rewrite "tell me about rain" --name mine
          hone prompter rewrite "tell me about rain" --name mine -n 8
          hone prompter rewrite "tell me about rain" --name mine --target big-model
          hone prompter rewrite --stdin --json --name mine < prompts.txt
        """)

    @Argument(help: "The prompt.")
    var prompt: String?

    @OptionGroup var prompter: PrompterOptions

    @Option(
      help: ArgumentHelp("The model that is to answer, if adapted to it.", valueName: "name"))
    var target: String?

    @Option(name: .short, help: ArgumentHelp("How many rewrites of each prompt.", valueName: "n"))
    var n = 1

    @OptionGroup(title: "Drawing") var drawing: DrawingOptions

    @Option(help: ArgumentHelp("The most tokens of a rewrite.", valueName: "n"))
    var maxTokens = 256

    @Option(help: ArgumentHelp("What rewrites are drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    @Flag(help: "Read prompts from standard input, one a line.")
    var stdin = false

    @Flag(help: "One JSON object a prompt.")
    var json = false

    func validate() throws {
      if (prompt == nil) != stdin { throw ValidationError("give a prompt, or --stdin, not both") }
      if n < 1 || n > 200 { throw ValidationError("-n must be in 1…200") }
      if maxTokens < 1 { throw ValidationError("--max-tokens must be at least 1") }
    }

    func run() async throws {
      let console = Console.standard
      let folder = try prompter.folder()
      let prompts = stdin ? Self.lines() : [prompt ?? ""]
      guard prompts.contains(where: { !$0.isEmpty }) else {
        throw CommandFailure.mistake("there is no prompt to rewrite")
      }
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: true)
      let prompter = try await OpenedPrompter.open(
        folder, target: target, opening, maxTokens: maxTokens)
      let rewrites = try await prompter.rewrites(
        of: prompts, samples: n, sampling: drawing.sampling(or: n > 1 ? 1 : 0), seed: seed)
      for (prompt, texts) in zip(prompts, rewrites) {
        if json {
          console.out(
            JSONLine.text([
              "prompt": .string(prompt), "rewrites": .array(texts.map { .string($0) }),
            ]))
        } else {
          texts.forEach(console.out)
        }
      }
    }

    private static func lines() -> [String] {
      var lines: [String] = []
      while let line = readLine() {
        if line.contains(where: { !$0.isWhitespace }) { lines.append(line) }
      }
      return lines
    }
  }
#endif
