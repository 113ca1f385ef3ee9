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
        The data has one JSON object a line, {"prompt": "…", "reference": "…"};
        references are needed for metrics that compare. The model that answers stays as
        it is, and the reward is taken at the user's own prompt. What is trained
        becomes a new prompter. Ctrl-C saves, and the same command goes on. With
        --preferences the prompter learns from {"prompt": "…", "chosen": "…",
        "rejected": "…"} instead, rewrites of which one is preferred.

          hone prompter align asked.jsonl --name mine --result better --reward rouge-l
          hone prompter align asked.jsonl --name mine --result better --method ppo \\
            --reward judge=0.7,rouge-l=0.3 --judge openai:big
          hone prompter align --preferences better-worse.jsonl --method dpo \\
            --name mine --result better
        """)

    @Argument(help: "The users' prompts.", completion: .file(extensions: ["jsonl"]))
    var data: String?

    @OptionGroup var prompter: PrompterOptions

    @Option(help: ArgumentHelp("The name of the new prompter.", valueName: "name"))
    var result: String

    @Option(help: ArgumentHelp("The model that answers.", valueName: "name"))
    var answering = ModelCatalog.defaultModel

    @OptionGroup(title: "Reward") var reward: RewardOptions

    @OptionGroup(title: "Training") var training: AlignmentOptions

    @OptionGroup(title: "Preferences instead of rewards") var preferences: PreferenceOptions

    @OptionGroup(title: "The bound of Align-Pro's theorem 1") var bound: BoundOptions

    @Option(
      help: ArgumentHelp("Save after every so many rounds, or passes.", valueName: "n"))
    var checkpoint = 1

    @Flag(help: "Begin again, even where a prompter or an interrupted alignment is.")
    var force = false

    func validate() throws {
      do {
        try training.settings.check()
      } catch {
        throw ValidationError(error.description)
      }
      if checkpoint < 1 { throw ValidationError("--checkpoint must be at least 1") }
      try bound.check()
      try preferences.check(data: data, method: training.method)
      if preferences.file == nil { try reward.requireAny() }
    }

    func run() async throws {
      let console = Console.standard
      let folder = try prompter.folder()
      let record = try folder.record()
      let target = try PrompterFolder(result, in: prompter.place.directory)
      guard target.name != folder.name else {
        throw CommandFailure.mistake(
          "--result is the prompter “\(folder.name)” itself, from which divergence is measured;"
            + " choose another name")
      }
      guard force || !target.exists else {
        throw CommandFailure.mistake(
          "there is a prompter “\(target.name)” already; choose another name or use --force")
      }
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: true)
      let work = AlignmentWork(
        folder: folder, target: target, record: record, opening: opening, console: console,
        saveEvery: checkpoint, isForced: force)
      if preferences.file != nil {
        try await work.run(preferences, settings: training.settings)
      } else {
        let rows = try QuestionFile.rows(
          in: URL(filePath: data ?? ""), needsReferences: try reward.needsReferences())
        try await work.run(
          rows, answering: answering, reward: reward, settings: training.settings, bound: bound)
      }
    }
  }
#endif
