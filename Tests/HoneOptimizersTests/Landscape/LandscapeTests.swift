// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

@testable import HoneTesting

struct LandscapeTests {
  @Test("A prompt is read back from its text, also inside other text")
  func reading() throws {
    let first = LandscapePrompt(choices: [0, 1, 2, 3, 4, 0, 1, 2])
    let second = LandscapePrompt(choices: [4, 4, 4, 4, 4, 4, 4, 4])
    #expect(LandscapePrompt(first.text) == first)
    #expect(LandscapePrompt("Let's think step by step.") == nil)
    #expect(LandscapePrompt(first.text + " Now.") == nil)
    let shown = LandscapePrompt.all(
      in: "Tried:\nPrompt: \(first.text)\nScore: 41\n\nAs a rule, change it: \"\(second.text)\"")
    #expect(shown.map(\.prompt) == [first, second])
    #expect(shown.map(\.score) == [41, nil])
  }

  @Test("The best prompt is no worse than any of many others, and no single word improves it")
  func best() {
    for seed: UInt64 in 1...5 {
      let landscape = Landscape(seed: seed)
      let best = landscape.trueScore(of: landscape.best)
      var chance = SeededGenerator(seed: seed)
      for _ in 0..<2000 {
        #expect(landscape.trueScore(of: Landscape.random(by: &chance)) <= best + 1e-12)
      }
      #expect(landscape.losses(of: landscape.best).allSatisfy { $0 < 1e-12 })
      #expect(best - landscape.trueScore(of: landscape.start) > 0.2)
    }
    #expect(Landscape(seed: 1).trueScore(of: "Go.") == Landscape.floor)
  }

  @Test("A known prompt has a known score")
  func known() {
    let landscape = Landscape(seed: 3)
    let prompt = LandscapePrompt(choices: [1, 2, 3, 4, 0, 1, 2, 3])
    var expected = 0.2
    for (place, choice) in prompt.choices.enumerated() {
      expected += landscape.values[place][choice]
    }
    expected += zip(0..<7, zip(prompt.choices, prompt.choices.dropFirst()))
      .reduce(0) { $0 + landscape.pairs[$1.0][$1.1.0][$1.1.1] }
    #expect(abs(landscape.trueScore(of: prompt.text) - expected) < 1e-12)
  }

  @Test("Rows come out right as often as the true score says, whatever the noise")
  func rows() {
    for noise in [0, 0.5, 1] {
      let landscape = Landscape(seed: 2, noise: noise)
      for prompt in [landscape.start, landscape.best] {
        let right = (0..<4000).count { landscape.isRight(prompt.text, row: "row \($0)") }
        #expect(abs(Double(right) / 4000 - landscape.trueScore(of: prompt)) < 0.03)
      }
    }
  }

  @Test("Without noise a better prompt is never worse on a row")
  func shared() {
    let landscape = Landscape(seed: 4, noise: 0)
    for row in 0..<500 where landscape.isRight(landscape.start.text, row: "\(row)") {
      #expect(landscape.isRight(landscape.best.text, row: "\(row)"))
    }
  }

  @Test("A perfect model never makes a prompt worse, and keeps the limit on changed words")
  func perfect() throws {
    let landscape = Landscape(seed: 6)
    let model = SimulatedOptimizerModel(landscape, quality: 1)
    let text =
      "The current prompt is: \(landscape.start.text)\nNow change the current prompt. "
      + "Change at most 2 words of the current prompt. <new_prompt>"
    for sample in 0..<50 {
      let request = GenerationRequest(
        input: .text(text), maxTokens: 60, temperature: 1, sampleIndex: sample)
      let written = ResponseParser().parse(model.reply(to: request)).text
      let prompt = try #require(LandscapePrompt(written))
      #expect(landscape.trueScore(of: prompt) >= landscape.trueScore(of: landscape.start))
      #expect(zip(prompt.choices, landscape.start.choices).count { $0 != $1 } <= 2)
    }
  }

  @Test(
    "Asked for no prompt a perfect model names the weakest word, and changes a named word first")
  func criticism() throws {
    let landscape = Landscape(seed: 7)
    let model = SimulatedOptimizerModel(landscape, quality: 1)
    let start = landscape.start
    let losses = landscape.losses(of: start)
    let worst = try #require(losses.indices.max { losses[$0] < losses[$1] })
    let asked = GenerationRequest(input: .text("What is wrong with \(start.text)"), maxTokens: 60)
    let criticism = model.reply(to: asked)
    #expect(criticism == "The weak word is [\(start.words[worst])].")
    let request = GenerationRequest(
      input: .text("\(criticism) \(start.text) Change at most 1 words of it. <new_prompt>"),
      maxTokens: 60)
    let written = ResponseParser().parse(model.reply(to: request)).text
    let prompt = try #require(LandscapePrompt(written))
    #expect(
      start.choices.indices.allSatisfy { $0 == worst || prompt.choices[$0] == start.choices[$0] })
  }

  @Test("The current prompt is the one said to be it, and a paraphrase changes two words at most")
  func current() throws {
    let model = SimulatedOptimizerModel(Landscape(seed: 8), quality: 1)
    let first = LandscapePrompt(choices: [0, 0, 0, 0, 0, 0, 0, 0])
    let last = LandscapePrompt(choices: [4, 4, 4, 4, 4, 4, 4, 4])
    let wishes = [
      ("Say it in other words.", 2), ("Then change the current prompt. Change at most 3 words.", 3),
    ]
    for (wish, limit) in wishes {
      for sample in 0..<20 {
        let text = "The current prompt: \(first.text) Before it: \(last.text) \(wish) <new_prompt>"
        let request = GenerationRequest(
          input: .text(text), maxTokens: 60, temperature: 1, sampleIndex: sample)
        let written = ResponseParser().parse(model.reply(to: request)).text
        let prompt = try #require(LandscapePrompt(written))
        #expect(zip(prompt.choices, first.choices).count { $0 != $1 } <= limit)
      }
    }
  }

  @Test("A perfect model's summary tells the best prompt shown with its score")
  func summary() {
    let model = SimulatedOptimizerModel(Landscape(seed: 9), quality: 1)
    let prompts = (0..<3).map { LandscapePrompt(choices: Array(repeating: $0, count: 8)) }
    let shown = zip(prompts, [40, 71, 55]).map { "Prompt: \($0.text)\nScore: \($1)" }
    let request = GenerationRequest(
      input: .text(shown.joined(separator: "\n") + "\nWrite a summary."), maxTokens: 60)
    let told = LandscapePrompt.all(in: model.reply(to: request))
    #expect(told == [LandscapePrompt.Shown(prompt: prompts[1], score: 71)])
  }
}
