// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModels
  import HoneRuns
  import HoneTasks
  import HoneTraining

  /// Opens what a reward needs: the judge, the task, the reward model.
  struct OpenedReward: Sendable {
    let options: RewardOptions
    let opening: ModelOpening
    let remote: RemoteModelOpener

    /// The weighted sum of all terms.
    /// - Throws: `CommandFailure`, `TrainingError` or `TaskFileProblems` for what cannot be used.
    func reward() async throws -> WeightedReward {
      try await reward(of: options.terms())
    }

    /// The weighted sum of some terms.
    func reward(of terms: [RewardTerm]) async throws -> WeightedReward {
      var judge: (any LanguageModel)?
      if let name = options.judge { judge = try await opening.open(name, remote) }
      var parts: [WeightedReward.Part] = []
      for term in terms { parts += try await self.parts(of: term, judge) }
      return try WeightedReward(parts)
    }

    private func parts(
      of term: RewardTerm, _ judge: (any LanguageModel)?
    ) async throws -> [WeightedReward.Part] {
      func part(_ reward: any Reward) -> [WeightedReward.Part] {
        [WeightedReward.Part(name: term.name, weight: term.weight, reward: reward)]
      }
      switch term.source {
      case .metric(let word):
        guard let metric = MetricConfiguration.words[word] else { return [] }
        return try part(self.metric(metric, .freeText, term.name))
      case .judge:
        return part(try grading(judge, options.rubric))
      case .command(let words):
        return part(command(words))
      case .model(let name):
        let folder = try RewardModelFolder(name, in: options.models.directory)
        let file = try await opening.file(folder.record().model)
        let model = try folder.rewardModel(over: DecoderModel(file: file))
        return part(LearnedReward(model, vocabulary: try ModelVocabulary(file: file)))
      case .task(let path):
        let task = try TaskFile.load(URL(filePath: path), optimizers: []).task
        return try parts(
          of: task.metric, task.answer.kind, name: term.name, weight: term.weight, judge)
      }
    }

    /// A task's metric, a sum as its terms.
    private func parts(
      of metric: MetricConfiguration, _ kind: AnswerKind, name: String, weight: Double,
      _ judge: (any LanguageModel)?
    ) throws -> [WeightedReward.Part] {
      let reward: any Reward
      switch metric {
      case .weighted(let sum):
        return try sum.flatMap {
          try parts(
            of: $0.metric, kind, name: "\(name) \($0.metric.name)", weight: weight * $0.weight,
            judge)
        }
      case .judge(let rubric): reward = try grading(judge, rubric)
      case .command(let words): reward = command(words)
      default: reward = try self.metric(metric, kind, name)
      }
      return [WeightedReward.Part(name: name, weight: weight, reward: reward)]
    }

    private func metric(
      _ metric: MetricConfiguration, _ kind: AnswerKind, _ name: String
    ) throws -> MetricReward {
      do {
        return try MetricReward(metric, kind: kind)
      } catch {
        throw CommandFailure.mistake("the reward \(name) cannot be used: \(error)")
      }
    }

    private func grading(_ judge: (any LanguageModel)?, _ rubric: String) throws -> JudgeReward {
      guard let judge else {
        throw CommandFailure.mistake("the reward asks a judge; name its model with --judge")
      }
      return JudgeReward(judge: judge, rubric: rubric)
    }

    private func command(_ words: [String]) -> CommandReward {
      let program = LineProgram(words: words, seconds: options.commandTime)
      return CommandReward(name: words.joined(separator: " ")) {
        try await program.output(for: $0)
      }
    }
  }
#endif
