// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneReport
  import HoneTraining

  struct PrompterReward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reward",
      abstract: "Train a model that rewards answers, from preferences.",
      discussion: """
        The data has one JSON object a line, {"prompt": "…", "chosen": "…", "rejected":
        "…"}. A head on a language model learns which answer is preferred, by Bradley
        and Terry's model; with --rank the language model is changed too. What it tells
        right is measured on prompts set aside.

          hone prompter reward preferences.jsonl --name polite
          hone prompter align questions.jsonl --name mine --result better --reward model:polite
        """)

    @Argument(help: "The preferences.", completion: .file(extensions: ["jsonl"]))
    var data: String

    @Option(help: ArgumentHelp("The reward model's name.", valueName: "name"))
    var name: String

    @OptionGroup var place: RewardModelPlace

    @Option(help: ArgumentHelp("The language model under the head.", valueName: "name"))
    var model = ModelCatalog.defaultModel

    @Option(help: ArgumentHelp("The rank of changes to it; 0 for a head alone.", valueName: "n"))
    var rank = 0

    @Option(help: ArgumentHelp("How often changes see every preference.", valueName: "n"))
    var epochs = 2

    @Option(help: ArgumentHelp("Preferences in an update of changes.", valueName: "n"))
    var batch = 4

    @Option(
      parsing: .unconditional, help: ArgumentHelp("The learning rate of changes.", valueName: "x"))
    var learningRate = 1e-4

    @Option(help: ArgumentHelp("Longer texts are left out, in tokens.", valueName: "n"))
    var longest = 512

    @Option(help: ArgumentHelp("The share of prompts set aside to measure on.", valueName: "x"))
    var heldOut = 0.2

    @Option(help: ArgumentHelp("What everything is drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    @Flag(help: "Replace a reward model of this name.")
    var force = false

    @Flag(help: "No progress, the result alone.")
    var quiet = false

    private var settings: RewardTraining.Settings {
      RewardTraining.Settings(
        rank: rank, epochs: epochs, batchSize: batch, learningRate: learningRate, seed: seed)
    }

    func validate() throws {
      if rank < 0 || epochs < 1 || batch < 1 || longest < 2 {
        throw ValidationError(
          "--rank must not be negative, --epochs and --batch at least 1, --longest at least 2")
      }
      if !(learningRate > 0 && learningRate < 10) {
        throw ValidationError("--learning-rate must be more than 0 and less than 10")
      }
      if !(0...0.5).contains(heldOut) { throw ValidationError("--held-out must be in 0…0.5") }
    }

    func run() async throws {
      let console = Console.standard
      let folder = try RewardModelFolder(name, in: place.directory)
      guard force || !folder.exists else {
        throw CommandFailure.mistake(
          "there is a reward model “\(name)” already; choose another name or use --force")
      }
      let all = try PreferenceFile.preferences(in: URL(filePath: data))
      let data = try PreferenceData(all, share: heldOut, seed: seed)
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: quiet)
      let file = try await opening.file(model)
      let record = try await CancelledBySignal.run { try train(data, file, folder, console) }
      console.out(Self.summary(of: record, name: name))
    }

    private func train(
      _ data: PreferenceData, _ file: URL, _ folder: RewardModelFolder, _ console: Console
    ) throws -> RewardModelRecord {
      func say(_ text: String) { if !quiet { console.error(text) } }
      let vocabulary = try ModelVocabulary(file: file)
      let training = try rows(data.training, vocabulary, say)
      let aside = try rows(data.heldOut, vocabulary, say)
      let result = try RewardTraining(DecoderModel(file: file), settings: settings)
        .run(on: training, report: say)
      var right = 0
      if !aside.isEmpty {
        let chosen = try result.rewards(of: aside.map(\.chosen))
        let rejected = try result.rewards(of: aside.map(\.rejected))
        right = zip(chosen, rejected).count { $0 > $1 }
      }
      let record = RewardModelRecord(
        model: model, settings: settings, trainingCount: training.count,
        heldOutCount: aside.count, heldOutRight: right)
      try folder.keep(result, record: record)
      return record
    }

    private func rows(
      _ preferences: [Preference], _ vocabulary: ModelVocabulary, _ say: (String) -> Void
    ) throws -> [RewardTraining.Row] {
      let rows = try preferences.map { preference in
        RewardTraining.Row(
          chosen: try RewardModel.sequence(
            prompt: preference.prompt, answer: preference.chosen, in: vocabulary),
          rejected: try RewardModel.sequence(
            prompt: preference.prompt, answer: preference.rejected, in: vocabulary))
      }
      let kept = rows.filter { max($0.chosen.tokens.count, $0.rejected.tokens.count) <= longest }
      if kept.count < rows.count {
        say(
          "\(rows.count - kept.count) preferences are longer than \(longest) tokens and left out.")
      }
      return kept
    }

    private static func summary(of record: RewardModelRecord, name: String) -> String {
      var text = "The reward model \(name) is trained on "
      text += Figures.count(record.trainingCount, "preference") + "."
      guard record.heldOutCount > 0 else { return text + " None were set aside to measure on." }
      let share = record.accuracy
      text += String(
        format: " Of %d set aside it tells %d right: %.3f, with a 95 %% interval of %.3f – %.3f.",
        record.heldOutCount, record.heldOutRight, share.mean, share.lower, share.upper)
      if share.lower <= 0.5 { text += " That is not told from chance." }
      return text
    }
  }
#endif
