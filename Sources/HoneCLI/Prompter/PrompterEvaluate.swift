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
        answer alone.

          hone prompter evaluate questions.jsonl --name mine --answering big.gguf --metric rouge-l
          hone prompter evaluate questions.jsonl --name mine --answering openai:small --judge openai:big
        """)

    @Argument(help: "The users' prompts.", completion: .file(extensions: ["jsonl"]))
    var data: String

    @OptionGroup var prompter: PrompterOptions

    @Option(help: ArgumentHelp("The target that the prompter was adapted to.", valueName: "name"))
    var target: String?

    @Option(help: ArgumentHelp("The model that answers.", valueName: "name"))
    var answering = ModelCatalog.defaultModel

    @OptionGroup(title: "Comparison") var reward: RewardOptions

    @Option(help: ArgumentHelp("The most tokens of an answer.", valueName: "n"))
    var maxTokens = 256

    @Flag(help: "All prompts, rewrites and answers, one JSON object a line, before the result.")
    var json = false

    func validate() throws {
      if maxTokens < 1 { throw ValidationError("--max-tokens must be at least 1") }
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
      let remote = RemoteModelOpener(
        environment: opening.environment,
        options: try RemoteSettings.options(in: opening.environment))
      let model = try await opening.open(answering, remote)
      let evaluation = try await PrompterEvaluation(
        rows.map(\.prompt), prompter: prompter, answering: model, maxTokens: maxTokens)
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
        console(Self.text(scores, metric: part.name, count: rows.count))
      }
      if sum.parts.count > 1 {
        let scores = try await evaluation.scores(by: sum, references: references)
        console(Self.text(scores, metric: "weighted sum", count: rows.count))
      }
    }

    private func console(_ text: String) { Console.standard.out(text) }

    private static func line(_ row: PrompterEvaluation.Row) -> String {
      JSONLine.text([
        "prompt": .string(row.prompt), "rewrite": .string(row.rewrite),
        "plainAnswer": .string(row.plainAnswer),
        "rewrittenAnswer": .string(row.rewrittenAnswer),
      ])
    }

    private static func text(
      _ scores: PrompterEvaluation.Scores, metric: String, count: Int
    ) -> String {
      """
      \(metric) on \(Figures.count(count, "prompt")), with 95 % intervals:
        as written  \(interval(scores.plain))
        rewritten   \(interval(scores.rewritten))
        difference  \(interval(scores.difference)), \(Figures.pValue(scores.pValue))
        win rate    \(interval(scores.winRate)), half for equal scores
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
