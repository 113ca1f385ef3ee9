// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneReport
  import HoneTraining

  struct PrompterAdapt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "adapt", abstract: "Adapt a prompter to the model that is to answer.",
      discussion: """
        Trains one linear layer before the prompter's head, and the head, on pairs that
        suit the target. All else stays frozen, and what it computes is computed once.

          hone prompter adapt target-pairs.jsonl --name mine --target big-model
          hone prompter rewrite "tell me about rain" --name mine --target big-model
        """)

    @Argument(help: "The pairs.", completion: .file(extensions: ["jsonl"]))
    var data: String

    @OptionGroup var prompter: PrompterOptions

    @Option(help: ArgumentHelp("A name for the model that is to answer.", valueName: "name"))
    var target: String

    @Option(help: ArgumentHelp("How often every pair is seen.", valueName: "n"))
    var epochs = 5

    @Option(help: ArgumentHelp("Target tokens in an update.", valueName: "n"))
    var rows = 256

    @Option(
      parsing: .unconditional, help: ArgumentHelp("The highest learning rate.", valueName: "x"))
    var learningRate = 1e-4

    @Option(help: ArgumentHelp("Longer pairs are left out, in tokens.", valueName: "n"))
    var longest = 512

    @Option(help: ArgumentHelp("The share of prompts set aside to measure on.", valueName: "x"))
    var validation = 0.1

    @Option(help: ArgumentHelp("What everything is drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    @Flag(help: "No progress, the result alone.")
    var quiet = false

    func validate() throws {
      if !(0...0.5).contains(validation) { throw ValidationError("--validation must be in 0…0.5") }
      if longest < 2 { throw ValidationError("--longest must be at least 2") }
      if epochs < 1 || rows < 1 { throw ValidationError("--epochs and --rows must be at least 1") }
      if !(learningRate > 0 && learningRate < 10) {
        throw ValidationError("--learning-rate must be above 0 and below 10")
      }
    }

    func run() async throws {
      let console = Console.standard
      let folder = try prompter.folder()
      let record = try folder.record()
      _ = try folder.target(target)
      let pairs = try PairFile.pairs(in: URL(filePath: data))
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: true)
      let file = try await opening.file(record.model)
      let result = try await CancelledBySignal.run {
        try train(pairs, record, file, folder, console)
      }
      var text = "The prompter \(folder.name) is adapted to \(target): "
      text += Figures.count(result.steps, "update") + "; the loss on texts set aside went from "
      text += String(format: "%.3f to %.3f nats a token.", result.startingLoss, result.bestLoss)
      if result.bestLoss >= result.startingLoss { text += " Training found nothing better." }
      console.out(text)
    }

    private func train(
      _ pairs: [PromptPair], _ record: PrompterRecord, _ file: URL, _ folder: PrompterFolder,
      _ console: Console
    ) throws -> TargetTraining.Result {
      func say(_ text: String) { if !quiet { console.error(text) } }
      let data = try TrainingData(
        pairs: pairs, chat: record.chat, vocabulary: ModelVocabulary(file: file), longest: longest,
        validationShare: validation, seed: seed)
      let model = try DecoderModel(file: file)
      let adapter = try LowRankAdapter(reading: folder.adapter, for: model)
      let kept = try KeptStates(of: data.training, model: model, adapter: adapter)
      let aside =
        data.validation.isEmpty
        ? nil : try KeptStates(of: data.validation, model: model, adapter: adapter)
      say("\(Figures.count(kept.targets.count)) hidden states are computed and kept.")
      let training = try TargetTraining(
        training: kept, validation: aside,
        settings: TargetTraining.Settings(
          epochs: epochs, rows: rows, learningRate: learningRate, seed: seed))
      let result = try training.run(from: TargetAdapter(for: model)) { epoch, loss, measured in
        say(String(format: "epoch \(epoch) · loss %.3f · set aside %.3f", loss, measured))
      }
      try folder.keep(result.adapter, target: target, base: file)
      return result
    }
  }
#endif
