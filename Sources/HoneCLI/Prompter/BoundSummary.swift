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
    let opening: ModelOpening
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
      let oracle = options.oracle ? try await tuned() : nil
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

    /// The model that answers, itself tuned by the reward with the same settings.
    private func tuned() async throws -> LlamaModel {
      let file = try await opening.file(answering)
      let model = try DecoderModel(file: file)
      let start = try LowRankAdapter(LowRankSettings(), for: model, seed: settings.seed)
      // The model is its own prompter here: what it writes is the answer.
      let chat = PrompterChat(instruction: "")
      let world = PrompterAlignment.World(
        prompter: { adapter in
          Prompter(
            model: try AlignmentWorld.model(file: file, adapter: adapter, name: answering),
            chat: chat)
        },
        answers: { $0 }, reward: reward)
      let alignment = try PrompterAlignment(
        rows: rows, chat: chat, vocabulary: ModelVocabulary(file: file), model: model,
        settings: settings)
      let adapter = try await alignment.run(from: start, in: world) {
        console.out("oracle " + AlignmentWork.oracleLine($0))
      }
      return try AlignmentWorld.model(file: file, adapter: adapter, name: "oracle")
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
