// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneTraining

  /// The training of one prompter, from its pairs to its folder.
  struct PrompterTraining: Sendable {
    let folder: PrompterFolder
    let model: String
    let file: URL
    let pairs: [PromptPair]
    let options: TrainingOptions
    let view: TrainingView
    /// Whether what an earlier training left is removed.
    let isForced: Bool

    /// Trains, and keeps the prompter.
    func run() throws -> PrompterRecord {
      let settings = options.settings
      let chat = PrompterChat()
      let data = try TrainingData(
        pairs: pairs, chat: chat, vocabulary: ModelVocabulary(file: file),
        longest: options.longest, validationShare: options.validation, seed: settings.seed)
      if data.leftOut > 0 {
        view.say("\(data.leftOut) pairs are longer than \(options.longest) tokens and left out.")
      }
      let decoder = try DecoderModel(file: file)
      let training = try FineTuning(decoder, data: data, settings: settings)
      let content = try contentDigest()
      var state = try training.beginning()
      // Only now, when all that is asked for was found.
      if isForced { try folder.clear() }
      try folder.make()
      if folder.hasCheckpoint {
        state = try TrainingState(
          reading: folder.checkpoint, settings: settings, model: content)
        view.say("Going on after update \(state.counters.step) of \(training.totalSteps).")
      }
      view.begin()
      defer { view.end() }
      let result = try training.run(
        from: state,
        save: { try $0.write(to: folder.checkpoint, settings: settings, model: content) },
        report: { view.show($0) })
      let record = PrompterRecord(
        model: model, chat: chat, settings: settings, trainingTexts: data.training.count,
        validationTexts: data.validation.count, startingLoss: result.startingLoss,
        bestLoss: result.progress.bestValidationLoss, steps: result.progress.step)
      try folder.keep(
        record, adapter: result.adapter, architecture: decoder.configuration.architecture)
      return record
    }

    /// What the model, the data and their use are, by content.
    private func contentDigest() throws -> String {
      let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
      let texts = pairs.map { "\($0.prompt)\u{0}\($0.rewrite)" }.joined(separator: "\u{1}")
      let parts = [
        model, "\(size)", "\(options.longest)", "\(options.validation)",
        String(StableHash.of(texts), radix: 16),
      ]
      return parts.joined(separator: " ")
    }
  }
#endif
