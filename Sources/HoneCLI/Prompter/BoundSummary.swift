// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneReport
  import HoneTraining

  /// What alignment says in the end: theorem 1's terms on these models, beside the gap as measured.
  struct BoundSummary: Sendable {
    let rows: [QuestionFile.Row]
    let answering: String
    let frozen: any LanguageModel
    let reward: WeightedReward
    let settings: AlignmentSettings
    let options: BoundOptions
    /// The model that answers, itself tuned by the reward; nil where that was not asked for.
    let oracle: LlamaModel?
    let console: Console

    /// Draws what the terms need, and prints them.
    func tell(start: Prompter, aligned: Prompter) async throws {
      guard let frozen = frozen as? any LikelihoodModel else {
        console.error(
          "note: the bound of theorem 1 is left out, as \(answering) tells no likelihoods")
        return
      }
      var generator = SeededGenerator(seed: settings.seed, stream: "bound")
      let chosen = Array(rows.shuffled(by: &generator).prefix(options.prompts))
      let samples = try await BoundSampling(
        samples: options.samples, maxTokens: settings.maxTokens, seed: settings.seed
      ).samples(
        of: chosen,
        in: BoundSampling.World(
          frozen: frozen, oracle: oracle, start: start, aligned: aligned, reward: reward))
      let estimate = try BoundEstimate(
        samples, tilt: RewardTilt(weight: settings.divergenceWeight), seed: settings.seed)
      console.out(Self.text(estimate, prompts: chosen.count, samples: options.samples))
    }

    static func text(_ estimate: BoundEstimate, prompts: Int, samples: Int) -> String {
      func row(_ name: String, _ value: EstimatedMean) -> String {
        "  " + name.padding(toLength: 46, withPad: " ", startingAt: 0)
          + String(format: "%.3f  %.3f – %.3f", value.mean, value.lower, value.upper)
      }
      let tuned = estimate.hasOracle ? "the tuned model" : "a tuned model (closed form)"
      return """
        Theorem 1 on \(Figures.count(prompts, "prompt")), \(samples) answers of each kind, with 95 % \
        intervals, range of the reward \(String(format: "%.3f", estimate.rewardRange)):
        \(row("reward of \(tuned)", estimate.tunedReward))
        \(row("reward behind the aligned prompter", estimate.alignedReward))
        \(row("gap", estimate.gap))
        \(row("1  range × distance of the tuned model", estimate.tunedTerm))
        \(row("2  range × distance that rewriting makes", estimate.rewriteTerm))
        \(row("3  less λ × divergence of the best prompter", estimate.gain))
        \(row("bound", estimate.bound))
        """
    }
  }
#endif
