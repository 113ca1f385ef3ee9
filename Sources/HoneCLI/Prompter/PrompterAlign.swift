// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneModels
  import HoneTraining

  struct PrompterAlign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "align",
      abstract: "Train a prompter by the reward of the answers to its rewrites.",
      discussion: """
        The data has one JSON object a line, {"prompt": "…", "reference": "…"}; references are needed for
        a metric only. The model that answers stays as it is, and the reward is taken at the user's own
        prompt. What is trained becomes a new prompter.

          hone prompter align questions.jsonl --name mine --result better --metric rouge-l
          hone prompter align questions.jsonl --name mine --result better --method ppo --judge openai:big
        """)

    @Argument(help: "The users' prompts.", completion: .file(extensions: ["jsonl"]))
    var data: String

    @OptionGroup var prompter: PrompterOptions

    @Option(help: ArgumentHelp("The name of the new prompter.", valueName: "name"))
    var result: String

    @Option(help: ArgumentHelp("The model that answers.", valueName: "name"))
    var answering = ModelCatalog.defaultModel

    @OptionGroup(title: "Reward") var reward: RewardOptions

    @Option(help: ArgumentHelp("What makes a good answer, for the judge.", valueName: "text"))
    var rubric = "A good answer is right, complete, and no longer than it must be."

    @Option(help: ArgumentHelp("What moves the prompter.", valueName: "ppo|grpo|dpo"))
    var method = AlignmentSettings.Method.grpo

    @Option(help: ArgumentHelp("Rounds of rewrites, answers, rewards and updates.", valueName: "n"))
    var rounds = 10

    @Option(help: ArgumentHelp("Prompts in a round.", valueName: "n"))
    var prompts = 8

    @Option(help: ArgumentHelp("Rewrites of each prompt.", valueName: "n"))
    var samples = 8

    @Option(help: ArgumentHelp("The learning rate.", valueName: "x"))
    var learningRate = 1.41e-5

    @Option(
      help: ArgumentHelp("What a nat of divergence from the beginning costs.", valueName: "x"))
    var divergence = 0.1

    @Option(help: ArgumentHelp("The divergence to steer that cost to.", valueName: "nats"))
    var divergenceTarget: Double?

    @Option(help: ArgumentHelp("The most tokens of a rewrite and of an answer.", valueName: "n"))
    var maxTokens = 96

    @Option(help: ArgumentHelp("What everything is drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    @Flag(help: "Replace a prompter of the new name.")
    var force = false

    private var settings: AlignmentSettings {
      AlignmentSettings(
        method: method, rounds: rounds, prompts: prompts, samples: samples,
        learningRate: learningRate, divergenceWeight: divergence,
        divergenceTarget: divergenceTarget, maxTokens: maxTokens, seed: seed)
    }

    func validate() throws {
      do {
        try settings.check()
      } catch {
        throw ValidationError(error.description)
      }
    }

    func run() async throws {
      let console = Console.standard
      let folder = try prompter.folder()
      let record = try folder.record()
      let target = try PrompterFolder(result, in: prompter.place.directory)
      guard force || !target.exists else {
        throw CommandFailure.mistake(
          "there is a prompter “\(target.name)” already; choose another name or use --force")
      }
      let rows = try QuestionFile.rows(
        in: URL(filePath: data), needsReferences: reward.metric != nil)
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: true)
      let file = try await opening.file(record.model)
      let world = try await AlignmentWorld.open(
        file: file, record: record, rows: rows, answering: answering, reward: reward,
        rubric: rubric, maxTokens: maxTokens, opening)
      let model = try DecoderModel(file: file)
      let start = try LowRankAdapter(reading: folder.adapter, for: model)
      let alignment = try PrompterAlignment(
        prompts: rows.map(\.prompt), chat: record.chat,
        vocabulary: ModelVocabulary(file: file), model: model, settings: settings)
      let adapter = try await CancelledBySignal.run {
        try await alignment.run(from: start, in: world) { console.out(Self.line($0)) }
      }
      try target.make()
      try target.keep(
        record, adapter: adapter, architecture: model.configuration.architecture)
      console.out("The prompter \(target.name) is aligned.")
    }

    private static func line(_ round: AlignmentRound) -> String {
      String(
        format: "round %d · reward %.3f (prompts as written %.3f) · variance %.4f"
          + " · wins %.0f %% · divergence %.2f nats",
        round.round, round.meanReward, round.plainReward, round.rewardVariance,
        100 * round.winRate, round.divergence)
    }
  }

  extension AlignmentSettings.Method: ExpressibleByArgument {}
#endif
