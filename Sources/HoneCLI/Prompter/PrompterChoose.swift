// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneModelFiles
  import HoneModels
  import HoneReport
  import HoneTraining

  struct PrompterChoose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "choose",
      abstract: "Draw rewrites and choose one by the reward of its answer.",
      discussion: """
        The best prompter without training (Align-Pro, lemma 1): of -n rewrites one is
        chosen with weights exp(reward / λ). The effective number of draws tells how
        many draws of even weight they are as good as; near 1, draw more or raise
        --lambda.

          hone prompter choose "tell me about rain" --name mine --reward judge --judge openai:big
          hone prompter choose --data questions.jsonl --name mine --reward rouge-l --lambda 0.05 -n 32
        """)

    @Argument(help: "The prompt.")
    var prompt: String?

    @Option(
      help: ArgumentHelp(
        "Prompts in its stead, one JSON object a line, {\"prompt\": …, \"reference\": …}.",
        valueName: "file"), completion: .file(extensions: ["jsonl"]))
    var data: String?

    @OptionGroup var prompter: PrompterOptions

    @Option(
      help: ArgumentHelp("The model that is to answer, if adapted to it.", valueName: "name"))
    var target: String?

    @Option(help: ArgumentHelp("The model that answers.", valueName: "name"))
    var answering = ModelCatalog.defaultModel

    @OptionGroup(title: "Reward") var reward: RewardOptions

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp("What a nat of divergence costs, in units of the reward.", valueName: "x"))
    var lambda = 0.1

    @Option(name: .short, help: ArgumentHelp("How many rewrites of each prompt.", valueName: "n"))
    var n = 16

    @OptionGroup(title: "Drawing (unless given: temperature 1, all tokens)")
    var drawing: DrawingOptions

    @Option(help: ArgumentHelp("The most tokens of a rewrite and of an answer.", valueName: "n"))
    var maxTokens = 96

    @Option(help: ArgumentHelp("What everything is drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    @Flag(help: "One JSON object a prompt.")
    var json = false

    func validate() throws {
      if (prompt == nil) == (data == nil) {
        throw ValidationError("give a prompt, or --data, not both")
      }
      if n < 2 || n > 1000 { throw ValidationError("-n must be in 2…1000") }
      if !(lambda > 0 && lambda.isFinite) {
        throw ValidationError("--lambda must be a positive number")
      }
      if maxTokens < 1 { throw ValidationError("--max-tokens must be at least 1") }
      try reward.requireAny()
    }

    func run() async throws {
      let console = Console.standard
      let folder = try prompter.folder()
      _ = try folder.record()
      let needsReferences = try reward.needsReferences()
      guard prompt == nil || !needsReferences else {
        throw CommandFailure.mistake(
          "the reward compares with a reference; give prompts and references with --data")
      }
      let rows =
        try data.map {
          try QuestionFile.rows(in: URL(filePath: $0), needsReferences: needsReferences)
        } ?? [QuestionFile.Row(prompt: prompt ?? "")]
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: true)
      let remote = RemoteModelOpener(
        environment: opening.environment,
        options: try RemoteSettings.options(in: opening.environment))
      let reward = try await OpenedReward(options: reward, opening: opening, remote: remote)
        .reward()
      let answering = try await opening.open(answering, remote)
      let prompter = try await OpenedPrompter.open(
        folder, target: target, opening, maxTokens: maxTokens)
      let limit = maxTokens
      let draws = try await TiltedPrompter(
        tilt: RewardTilt(weight: lambda), samples: n, sampling: drawing.sampling(or: 1), seed: seed
      ).draws(
        of: rows, prompter: prompter,
        answers: { try await AlignmentWorld.answers(to: $0, by: answering, maxTokens: limit) },
        reward: reward)
      for draw in draws { console.out(json ? Self.line(draw) : draw.rewrites[draw.chosen]) }
      if !json { console.error(Self.summary(draws, samples: n)) }
    }

    private static func line(_ draw: TiltedPrompter.Draws) -> String {
      JSONLine.text([
        "prompt": .string(draw.prompt), "rewrite": .string(draw.rewrites[draw.chosen]),
        "rewrites": .array(draw.rewrites.map { .string($0) }),
        "rewards": .array(draw.rewards.map { .number($0) }),
        "chances": .array(draw.chances.map { .number($0) }),
        "effectiveDraws": .number(draw.effectiveCount),
        "meanReward": .number(draw.meanReward), "tiltedReward": .number(draw.tiltedReward),
        "divergence": .number(draw.divergence),
      ])
    }

    private static func summary(_ draws: [TiltedPrompter.Draws], samples: Int) -> String {
      func mean(_ value: (TiltedPrompter.Draws) -> Double) -> Double {
        draws.reduce(0) { $0 + value($1) } / Double(max(1, draws.count))
      }
      var text = "\(Figures.count(draws.count, "prompt")) · "
      text += String(
        format: "effective draws %.1f of %d · reward %.3f → %.3f · divergence %.2f nats",
        mean(\.effectiveCount), samples, mean(\.meanReward), mean(\.tiltedReward),
        mean(\.divergence))
      if mean(\.effectiveCount) < 2 {
        text += "\nnote: hardly more than the best draw counts; draw more or raise --lambda"
      }
      return text
    }
  }
#endif
