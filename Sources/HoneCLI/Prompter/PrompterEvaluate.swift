// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneModels
  import HoneReport
  import HoneTraining

  struct PrompterEvaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "evaluate",
      abstract: "Compare answers to users' prompts with answers to their rewrites.",
      discussion: """
        The data has one JSON object a line, {"prompt": "…", "reference": "…"};
        references are needed for metrics that compare. A judge sees both answers
        twice, with their positions swapped; as a term of --reward it grades each
        answer alone. With -n 8 eight rewrites of each prompt are drawn and a prompt's
        score is their mean, which is what “hone prompter align” raises; --against
        compares with another prompter instead of the prompts as written.

          hone prompter evaluate questions.jsonl --name mine --answering big.gguf --metric rouge-l
          hone prompter evaluate questions.jsonl --name mine --answering openai:small --judge openai:big
          hone prompter evaluate questions.jsonl --name aligned --against mine -n 8 --metric rouge-l
        """)

    @Argument(help: "The users' prompts.", completion: .file(extensions: ["jsonl"]))
    var data: String

    @OptionGroup var prompter: PrompterOptions

    @Option(help: ArgumentHelp("The target that the prompter was adapted to.", valueName: "name"))
    var target: String?

    @Option(
      help: ArgumentHelp(
        "Another prompter to compare with, instead of the prompts as written.", valueName: "name"))
    var against: String?

    @Option(help: ArgumentHelp("The target that the other was adapted to.", valueName: "name"))
    var againstTarget: String?

    @Option(help: ArgumentHelp("The model that answers.", valueName: "name"))
    var answering = ModelCatalog.defaultModel

    @OptionGroup(title: "Comparison") var reward: RewardOptions

    @Option(help: ArgumentHelp("The most tokens of an answer.", valueName: "n"))
    var maxTokens = 256

    @Option(name: .short, help: ArgumentHelp("How many rewrites of each prompt.", valueName: "n"))
    var n = 1

    @OptionGroup(title: "Drawing (for several unless given: temperature 1, all tokens)")
    var drawing: DrawingOptions

    @Option(help: ArgumentHelp("What rewrites are drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    @Flag(help: "All prompts, rewrites and answers, one JSON object a line, before the result.")
    var json = false

    func validate() throws {
      if maxTokens < 1 { throw ValidationError("--max-tokens must be at least 1") }
      if n < 1 || n > 1000 { throw ValidationError("-n must be in 1…1000") }
      if n > 1, drawing.temperature == 0 {
        throw ValidationError(
          "at --temperature 0 all rewrites of a prompt are the same; leave out -n")
      }
      if againstTarget != nil, against == nil {
        throw ValidationError("--against-target needs --against NAME")
      }
      try reward.requireAny()
    }

    func run() async throws {
      let console = Console.standard
      let rows = try QuestionFile.rows(
        in: URL(filePath: data), needsReferences: try reward.needsReferences())
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: true)
      let folder = try self.prompter.folder()
      let prompter = try await OpenedPrompter.open(folder, target: target, opening)
      var other: Prompter?
      if let against {
        other = try await OpenedPrompter.open(
          PrompterFolder(against, in: self.prompter.place.directory), target: againstTarget, opening
        )
      }
      let remote = RemoteModelOpener(
        environment: opening.environment,
        options: try RemoteSettings.options(in: opening.environment))
      let model = try await opening.open(answering, remote)
      let evaluation = try await PrompterEvaluation(
        rows.map(\.prompt), prompter: prompter, against: other, answering: model,
        drawing: PrompterEvaluation.Drawing(
          samples: n, sampling: drawing.sampling(or: n > 1 ? 1 : 0), seed: seed),
        maxTokens: maxTokens)
      if json { evaluation.rows.forEach { console.out(Self.line($0)) } }
      try await compare(
        evaluation, rows, OpenedReward(options: reward, opening: opening, remote: remote))
      guard reward.reward == nil else { return }
      if let judge = reward.judge {
        let judging = try await opening.open(judge, remote)
        console.out(Self.text(try await evaluation.preferences(by: judging), count: rows.count))
      }
    }

    /// Scores both answers by every term of the reward, and by their sum.
    private func compare(
      _ evaluation: PrompterEvaluation, _ rows: [QuestionFile.Row], _ opened: OpenedReward
    ) async throws {
      // A judge that is no term compares answers in pairs instead of grading them.
      let terms = try reward.terms().filter { $0.source != .judge || reward.reward != nil }
      guard !terms.isEmpty else { return }
      let sum = try await opened.reward(of: terms)
      let references = rows.map(\.reference)
      for part in sum.parts {
        let scores = try await evaluation.scores(by: part, references: references)
        console(text(scores, metric: part.name, count: rows.count))
      }
      if sum.parts.count > 1 {
        let scores = try await evaluation.scores(by: sum, references: references)
        console(text(scores, metric: "weighted sum", count: rows.count))
      }
    }

    private func console(_ text: String) { Console.standard.out(text) }

    private static func line(_ row: PrompterEvaluation.Row) -> String {
      JSONLine.text([
        "prompt": .string(row.prompt), "plain": .string(row.plain), "rewrite": .string(row.rewrite),
        "plainAnswer": .string(row.plainAnswer),
        "rewrittenAnswer": .string(row.rewrittenAnswer),
      ])
    }

    private func text(
      _ scores: PrompterEvaluation.Scores, metric: String, count: Int
    ) -> String {
      let draws = n > 1 ? " with \(n) rewrites each" : ""
      func name(_ prompter: String, _ target: String?) -> String {
        target.map { "\(prompter) for \($0)" } ?? prompter
      }
      let names =
        against.map { [name($0, againstTarget), name(prompter.name, target)] }
        ?? ["as written", "rewritten"]
      let width = (names.map(\.count) + [10]).max() ?? 10
      func label(_ name: String) -> String {
        name.padding(toLength: width, withPad: " ", startingAt: 0)
      }
      return """
        \(metric) on \(Figures.count(count, "prompt"))\(draws), with 95 % intervals:
          \(label(names[0]))  \(Self.interval(scores.plain))
          \(label(names[1]))  \(Self.interval(scores.rewritten))
          \(label("difference"))  \(Self.interval(scores.difference)), \(Figures.pValue(scores.pValue))
          \(label("win rate"))  \(Self.interval(scores.winRate)), half for equal scores
        """
    }

    private static func text(_ result: PrompterEvaluation.Preferences, count: Int) -> String {
      var text =
        "Preferred by the judge, of \(Figures.count(count, "prompt")), with a 95 % interval:"
      text += "\n  win rate           \(interval(result.winRate))"
      text += String(format: "\n  at equal lengths   %.3f", result.lengthControlled)
      if result.unread > 0 {
        text += "\n  \(Figures.count(result.unread, "judgement")) could not be read."
      }
      return text
    }

    private static func interval(_ value: EstimatedMean) -> String {
      String(format: "%.3f  %.3f – %.3f", value.mean, value.lower, value.upper)
    }
  }
#endif
