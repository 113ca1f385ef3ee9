// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneReport
  import HoneTraining

  struct PrompterTrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "train", abstract: "Train a prompter from pairs of prompts.",
      discussion: """
        The data has one JSON object a line, {"prompt": "…", "rewrite": "…"}. Ctrl-C
        saves, and the same command goes on where it was.

          hone prompter train pairs.jsonl --name mine
          hone prompter train pairs.jsonl --name small --rank 8 --layers attn_q,attn_v
        """)

    @Argument(help: "The pairs.", completion: .file(extensions: ["jsonl"]))
    var data: String

    @OptionGroup var prompter: PrompterOptions

    @Option(help: ArgumentHelp("The model to change.", valueName: "name"))
    var model = ModelCatalog.defaultModel

    @OptionGroup(title: "Training") var training: TrainingOptions

    @Flag(help: "Begin again, even where a prompter or an interrupted training is.")
    var force = false

    @Flag(help: "No progress, the result alone.")
    var quiet = false

    func validate() throws {
      do {
        try training.settings.check()
      } catch {
        throw ValidationError(error.description)
      }
    }

    func run() async throws {
      let console = Console.standard
      let folder = try prompter.folder()
      guard force || !folder.exists else {
        throw CommandFailure.mistake(
          "there is a prompter “\(folder.name)” already; choose another name, or train it anew with "
            + "--force")
      }
      let pairs = try PairFile.pairs(in: URL(filePath: data))
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: quiet)
      let file = try await opening.file(model)
      let work = PrompterTraining(
        folder: folder, model: model, file: file, pairs: pairs, options: training,
        view: TrainingView(console: console, isQuiet: quiet), isForced: force)
      let record = try await Self.record(of: work, in: folder)
      console.out(Self.summary(of: record, folder: folder))
    }

    private static func record(
      of work: PrompterTraining, in folder: PrompterFolder
    ) async throws -> PrompterRecord {
      do {
        return try await CancelledBySignal.run { try work.run() }
      } catch is CancellationError {
        let words =
          folder.hasCheckpoint
          ? "interrupted and saved; the same command goes on from there"
          : "interrupted before anything was trained"
        throw CommandFailure(.interrupted, words)
      }
    }

    private static func summary(of record: PrompterRecord, folder: PrompterFolder) -> String {
      var text = "The prompter \(folder.name) is trained: \(record.steps) updates on "
      text += Figures.count(record.trainingTexts, "text") + "."
      if let start = record.startingLoss, let best = record.bestLoss {
        text +=
          " On \(Figures.count(record.validationTexts, "text")) set aside the loss went from "
          + String(format: "%.3f to %.3f nats a token.", start, best)
        if best >= start { text += " Training found nothing better." }
      }
      return text
    }
  }
#endif
