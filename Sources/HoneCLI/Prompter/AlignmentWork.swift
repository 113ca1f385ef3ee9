// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneModels
  import HoneTraining

  /// The alignment of one prompter, from its folder to the folder of the new one.
  struct AlignmentWork: Sendable {
    let folder: PrompterFolder
    let target: PrompterFolder
    let record: PrompterRecord
    let opening: ModelOpening
    let console: Console
    /// Rounds between two saved states.
    let saveEvery: Int
    /// Whether what an earlier alignment left is removed.
    let isForced: Bool

    /// Aligns by a reward, and tells the bound in the end.
    func run(
      _ rows: [QuestionFile.Row], answering: String, reward: RewardOptions,
      settings: AlignmentSettings, bound: BoundOptions
    ) async throws {
      let remote = RemoteModelOpener(
        environment: opening.environment,
        options: try RemoteSettings.options(in: opening.environment))
      let sum = try await OpenedReward(options: reward, opening: opening, remote: remote).reward()
      let frozen = try await opening.open(answering, remote)
      let file = try await opening.file(record.model)
      let model = try DecoderModel(file: file)
      let start = try LowRankAdapter(reading: folder.adapter, for: model)
      let world = AlignmentWorld.world(
        file: file, chat: record.chat, answering: frozen, reward: sum,
        maxTokens: settings.maxTokens)
      let alignment = try PrompterAlignment(
        rows: rows, chat: record.chat, vocabulary: ModelVocabulary(file: file), model: model,
        settings: settings)
      let parts = ["reward", answering, reward.description, try Self.text(rows)]
      let checkpoint = try checkpoint(settings, parts)
      let view = AlignmentView(console: console, rounds: settings.rounds)
      let adapter = try await checkpoint.run(alignment, from: start, in: world, showing: view)
      let page = AlignmentPage(
        name: target.name, base: folder.name, answering: answering, settings: settings,
        rounds: view.shown)
      let picture = try page.write(to: target.url)
      var oracle: LlamaModel?
      // Tuned before the prompter is kept, as the same command is refused after that.
      if bound.oracle, frozen is any LikelihoodModel {
        try checkpoint.flush()
        let tuning = OracleTuning(
          rows: rows, answering: answering, reward: sum, settings: settings, opening: opening,
          console: console)
        oracle = try await tuning.model(
          saving: AlignmentCheckpoint(
            folder: target, file: target.oracleCheckpoint, parts: try own(settings) + parts,
            interval: saveEvery))
      }
      try keep(adapter, model, page: picture)
      guard bound.prompts > 0 else { return }
      let summary = BoundSummary(
        rows: rows, answering: answering, frozen: frozen, reward: sum, settings: settings,
        options: bound, oracle: oracle, console: console)
      try await CancelledBySignal.run {
        try await summary.tell(
          start: try await world.prompter(start), aligned: try await world.prompter(adapter))
      }
    }

    /// Aligns on preferences between rewrites.
    func run(_ options: PreferenceOptions, settings: AlignmentSettings) async throws {
      let all = try PreferenceFile.preferences(in: URL(filePath: options.file ?? ""))
      let data = try PreferenceData(all, share: options.heldOut, seed: settings.seed)
      let weights = try await weights(of: data.training, options)
      let file = try await opening.file(record.model)
      let model = try DecoderModel(file: file)
      let start = try LowRankAdapter(reading: folder.adapter, for: model)
      let alignment = try PreferenceAlignment(
        data, weights: weights, chat: record.chat, vocabulary: ModelVocabulary(file: file),
        model: model, settings: settings)
      let place = data.heldOut.isEmpty ? "learnt from" : "set aside"
      let checkpoint = try checkpoint(
        settings,
        [
          "preferences", "\(options.heldOut)", try Self.text(all),
          options.semanticWeight.map { "\($0) \(options.embedder)" } ?? "",
        ])
      let state = try checkpoint.state()
      if let passes = state?.counters.passes {
        console.error("Going on after pass \(passes) of \(settings.rounds).")
      }
      let console = console
      let adapter = try await checkpoint.guarding {
        try alignment.run(
          from: start, state: state, save: { try checkpoint.save($0) }
        ) { round, measure in
          let share = EstimatedMean.wilson(successes: measure.right, of: measure.count)
          console.out(
            "pass \(round) · of \(measure.count) preferences \(place)"
              + String(
                format: " %.0f %% told right (%.0f – %.0f) · margin %.2f nats", 100 * share.mean,
                100 * share.lower, 100 * share.upper, measure.meanMargin))
        }
      }
      try keep(adapter, model)
    }

    /// Where the state is saved, with all that it depends on.
    private func checkpoint(
      _ settings: AlignmentSettings, _ parts: [String]
    ) throws -> AlignmentCheckpoint {
      // Only now, when all that is asked for was found.
      if isForced { try target.clear() }
      return AlignmentCheckpoint(
        folder: target, parts: try own(settings) + parts, interval: saveEvery)
    }

    /// What every alignment of the prompter depends on.
    private func own(_ settings: AlignmentSettings) throws -> [String] {
      let prompter: Data
      do {
        prompter = try Data(contentsOf: folder.adapter)
      } catch {
        throw CommandFailure.mistake("\(folder.adapter.path) cannot be read; train it again")
      }
      return [
        try Self.text(settings), record.model, try Self.text(record.chat),
        String(StableHash.of(prompter), radix: 16),
      ]
    }

    private static func text(_ value: some Encodable) throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func keep(
      _ adapter: LowRankAdapter, _ model: DecoderModel, page: URL? = nil
    ) throws {
      try target.make()
      try target.keep(record, adapter: adapter, architecture: model.configuration.architecture)
      let pictures = page.map { " Its rounds as pictures: \($0.path)" } ?? ""
      console.out("The prompter \(target.name) is aligned." + pictures)
    }

    /// What each preference counts by its meaning; nil when all count alike.
    private func weights(
      of preferences: [Preference], _ options: PreferenceOptions
    ) async throws -> [Double]? {
      guard let strength = options.semanticWeight else { return nil }
      let model = try LlamaModel(
        file: try await opening.file(options.embedder), name: options.embedder)
      let likeness = try await PairCheck.likeness(
        of: preferences.map { PromptPair(prompt: $0.prompt, rewrite: $0.chosen) }, by: model)
      let weights = PreferenceAlignment.weights(likeness: likeness, strength: strength)
      let mean = weights.reduce(0, +) / Double(max(1, weights.count))
      console.out(
        String(
          format: "meaning: the chosen rewrites count %.2f on average, %.2f at least", mean,
          weights.min() ?? 0))
      return weights
    }
  }
#endif
