// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTraining

@Suite("Lemma 1 and theorem 1 on drawn samples")
struct TiltedPrompterTests {
  /// A prompter whose rewrite is told by the number of the sample.
  private struct Numbered: LanguageModel {
    let identity = ModelIdentity(name: "numbered", digest: "1")

    func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
      BatchStream { continuation in
        for (index, request) in requests.enumerated() {
          continuation.yield(
            BatchElement(
              index: index,
              result: .success(
                Generation(
                  text: "rewrite \(request.sampleIndex)", finish: .endOfTurn, usage: Usage()))))
        }
        continuation.finish()
      }
    }
  }

  /// A quarter of the answers is worth 1, the others nothing.
  private struct Quarter: Reward {
    func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
      answers.map { (Int($0.answer.split(separator: " ").last ?? "") ?? 1) % 4 == 0 ? 1 : 0 }
    }
  }

  private func draws(_ weight: Double) async throws -> [TiltedPrompter.Draws] {
    try await TiltedPrompter(tilt: RewardTilt(weight: weight), samples: 16, seed: 3).draws(
      of: (0..<50).map { QuestionFile.Row(prompt: "prompt \($0)") },
      prompter: Prompter(model: Numbered(), chat: PrompterChat()),
      answers: { $0.map { "answer to " + $0 } }, reward: Quarter())
  }

  @Test("A small λ chooses among the best alone, and four of sixteen draws count")
  func sharp() async throws {
    for draw in try await draws(0.01) {
      #expect(draw.rewards[draw.chosen] == 1)
      #expect(abs(draw.effectiveCount - 4) < 1e-6)
      #expect(draw.meanReward == 0.25 && abs(draw.tiltedReward - 1) < 1e-6)
      #expect(abs(draw.divergence - log(4.0)) < 1e-6)
    }
  }

  @Test("A large λ leaves the prompter as it is")
  func flat() async throws {
    let all = try await draws(1e6)
    #expect(all.allSatisfy { abs($0.effectiveCount - 16) < 1e-3 })
    #expect(Set(all.map(\.chosen)).count > 10)
    #expect(all.allSatisfy { $0.divergence < 1e-6 })
  }

  @Test("A middle λ chooses as often as exp(reward / λ) says")
  func proportion() async throws {
    let chances = try await draws(1)[0].chances
    #expect(abs(chances[0] / chances[1] - exp(1)) < 1e-9)
    #expect(throws: TrainingError.self) {
      try TiltedPrompter(tilt: RewardTilt(weight: 1), samples: 1)
    }
  }

  @Test("Distances and divergences of samples come to those of the distributions")
  func estimates() throws {
    // Answers of the frozen model at the prompt and at a rewrite, drawn from known chances.
    let atRewrite = [0.7, 0.2, 0.1]
    let atPrompt = [0.2, 0.3, 0.5]
    let rewards = [1.0, 0.5, 0.0]
    let tilt = try RewardTilt(weight: 0.5)
    var generator = SeededGenerator(seed: 8)
    let samples = (0..<60).map { _ in
      let own = (0..<200).map { _ in [Double].drawnIndex(weights: atRewrite, by: &generator) ?? 0 }
      let plain = (0..<200).map { _ in [Double].drawnIndex(weights: atPrompt, by: &generator) ?? 0 }
      return BoundEstimate.Samples(
        plainRewards: plain.map { rewards[$0] }, startRewards: own.map { rewards[$0] },
        startLogs: own.map { log(atRewrite[$0]) }, startLogsAtPrompt: own.map { log(atPrompt[$0]) },
        alignedRewards: own.map { rewards[$0] })
    }
    let estimate = try BoundEstimate(samples, tilt: tilt)
    #expect(estimate.rewardRange == 1 && !estimate.hasOracle)
    let tuned = tilt.chances(base: atPrompt, rewards: rewards)
    func near(_ value: EstimatedMean, _ exact: Double) -> Bool {
      abs(value.mean - exact) < 0.02 && value.lower <= value.mean && value.mean <= value.upper
    }
    #expect(near(estimate.rewriteTerm, AlignmentBound.totalVariation(atRewrite, atPrompt)))
    #expect(near(estimate.tunedTerm, AlignmentBound.totalVariation(tuned, atPrompt)))
    let best = tilt.chances(base: atRewrite, rewards: rewards)
    #expect(near(estimate.gain, 0.5 * RewardTilt.divergence(of: best, from: atRewrite)))
    let tunedReward = zip(tuned, rewards).reduce(0) { $0 + $1.0 * $1.1 }
    let plain = zip(atRewrite, rewards).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(near(estimate.gap, tunedReward - plain))
    #expect(estimate.gap.upper <= estimate.bound.upper)
  }

  @Test("An oracle's answers take the closed form's place")
  func oracle() throws {
    let sample = BoundEstimate.Samples(
      plainRewards: [0, 1], startRewards: [0, 1], startLogs: [-1, -1],
      startLogsAtPrompt: [-1, -1], alignedRewards: [0.5, 0.5],
      oracle: .init(rewards: [1, 1], logs: [0, 0], frozenLogs: [log(0.25), log(0.25)]))
    let estimate = try BoundEstimate([sample, sample], tilt: RewardTilt(weight: 1))
    #expect(estimate.hasOracle)
    #expect(estimate.gap.mean == 0.5)
    #expect(abs(estimate.tunedTerm.mean - 0.75) < 1e-12)
    #expect(estimate.rewriteTerm.mean == 0)
    #expect(throws: TrainingError.self) {
      try BoundEstimate([], tilt: RewardTilt(weight: 1))
    }
  }
}
