// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneReport
  import HoneTraining

  extension TogetherWork {
    /// The model tuned on its own right answers; its name with the adapter.
    func tuned(_ standing: TogetherStanding, round: Int) async throws -> String {
      let place = folder.adapter(ofRound: round)
      let name = "\(base)+\(RelativePath.fromHere(place))"
      if FileManager.default.fileExists(atPath: place.path) { return name }
      let file = try await opening.file(base, as: .f16)
      let answers = try await ownAnswers(of: standing, vocabulary: ModelVocabulary(file: file))
      say(
        "\(answers.rows.count) of \(answers.tried) training rows are answered rightly, "
          + "with \(Figures.count(answers.texts.count, "answer")) to tune on")
      let settings = training.settings
      let data = try answers.data(validationShare: training.validation, seed: settings.seed)
      let view = TrainingView(console: console, isQuiet: isQuiet)
      try await CancelledBySignal.run {
        try train(data, file: file, checkpoint: folder.checkpoint(ofRound: round), to: place, view)
      }
      return name
    }

    private func train(
      _ data: TrainingData, file: URL, checkpoint: URL, to place: URL, _ view: TrainingView
    ) throws {
      let settings = training.settings
      let decoder = try DecoderModel(file: file)
      let fineTuning = try FineTuning(decoder, data: data, settings: settings)
      let content = "\(data.training.hashDigest) \(data.validation.hashDigest)"
      var state = try fineTuning.beginning()
      if FileManager.default.fileExists(atPath: checkpoint.path) {
        state = try TrainingState(reading: checkpoint, settings: settings, model: content)
      }
      view.begin()
      defer { view.end() }
      let result = try fineTuning.run(
        from: state, save: { try $0.write(to: checkpoint, settings: settings, model: content) },
        report: { view.show($0) })
      try result.adapter.write(to: place, architecture: decoder.configuration.architecture)
      try? FileManager.default.removeItem(at: checkpoint)
    }

    private func ownAnswers(
      of standing: TogetherStanding, vocabulary: ModelVocabulary
    ) async throws -> OwnAnswers {
      guard let stage = loaded.task.program.stages.first,
        let prompt = standing.candidate.prompts[stage.name]
      else { return OwnAnswers() }
      var evaluations = try await evaluations(of: standing, on: .train)
      if case .generation = loaded.task.answer.source, samples > 0 {
        let seeds = (1...samples).map { loaded.task.seed &+ UInt64($0) }
        evaluations += try await self.evaluations(of: standing, on: .train, seeds: seeds)
      }
      var answers = OwnAnswers()
      try answers.add(
        evaluations, of: loaded.splits.train, prompt: prompt, stage: stage,
        least: leastScore(evaluations), longest: training.longest, vocabulary: vocabulary)
      return answers
    }

    /// What a right answer scores at least.
    private func leastScore(_ evaluations: [Evaluation]) -> Double {
      if let least { return least }
      guard !loaded.task.metric.isBinary else { return 1 }
      let scores = evaluations.flatMap(\.results).compactMap(\.outcome.value).sorted()
      return scores.isEmpty ? 1 : max(scores[scores.count / 2], 1e-9)
    }
  }

  extension [TokenSequence] {
    /// What the texts are, by content.
    fileprivate var hashDigest: String {
      let text = map { "\($0.promptCount):\($0.tokens.map(String.init).joined(separator: ","))" }
      return String(StableHash.of(text.joined(separator: ";")), radix: 16)
    }
  }
#endif
