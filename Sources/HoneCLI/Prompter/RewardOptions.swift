// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneTasks

  /// What answers are rewarded for.
  struct RewardOptions: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "What answers are rewarded for, with weights: metrics of a task file such as rouge-l, judge,"
          + " command:PROGRAM, model:NAME (of “hone prompter reward”), task:FILE for a task's metric.",
        valueName: "term=weight,…"))
    var reward: String?

    @Option(help: ArgumentHelp("Short for --reward with one metric.", valueName: "name"))
    var metric: String?

    @Option(help: ArgumentHelp("The model that judges answers.", valueName: "name"))
    var judge: String?

    @Option(help: ArgumentHelp("What makes a good answer, for the judge.", valueName: "text"))
    var rubric = "A good answer is right, complete, and no longer than it must be."

    @Option(
      help: ArgumentHelp("The longest that a command may take for a batch.", valueName: "seconds"))
    var commandTime = 60.0

    @OptionGroup var models: RewardModelPlace

    /// The terms of the reward; with a metric and a judge but no list, each counts half.
    func terms() throws -> [RewardTerm] {
      if let reward { return try RewardTerm.terms(reward) }
      var terms: [RewardTerm] = []
      if let metric { terms.append(try RewardTerm(metric)) }
      if judge != nil { terms.append(try RewardTerm("judge")) }
      guard terms.count == 2 else { return terms }
      return terms.map { term in
        var term = term
        term.weight = 0.5
        return term
      }
    }

    /// All that rewards depend on, in words.
    var description: String {
      [reward, metric, judge, rubric, models.rewardModels].map { $0 ?? "" }
        .joined(separator: "\u{1}")
    }

    func validate() throws {
      if reward != nil, metric != nil {
        throw ValidationError("put the metric into --reward, or give --metric alone")
      }
      if !(commandTime > 0 && commandTime <= 86_400) {
        throw ValidationError("--command-time must be more than 0 and at most 86400 seconds")
      }
      if try terms().contains(where: { $0.source == .judge }), judge == nil {
        throw ValidationError("the reward asks a judge; name its model with --judge")
      }
    }

    /// Checks that there is something to reward for.
    func requireAny() throws {
      if try terms().isEmpty {
        throw ValidationError("choose --reward, or --metric, --judge or both")
      }
    }

    /// Whether some term compares answers with references.
    func needsReferences() throws -> Bool {
      try terms().contains { term in
        guard case .metric(let word) = term.source else { return false }
        return MetricConfiguration.words[word]?.needsReferences ?? false
      }
    }
  }

  /// Where reward models are.
  struct RewardModelPlace: ParsableArguments {
    @Option(
      help: ArgumentHelp("The folder of reward models.", valueName: "dir"), completion: .directory)
    var rewardModels = "reward-models"

    /// The folder.
    var directory: URL { URL(filePath: rewardModels, directoryHint: .isDirectory) }
  }
#endif
