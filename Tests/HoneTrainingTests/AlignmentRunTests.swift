// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneMLX
import Synchronization
import Testing

@testable import HoneTraining

/// A tiny model that writes by itself, drawing as the engine does; a token's text is its number.
private struct TinyPrompter: LanguageModel {
  let model: DecoderModel
  let adapter: LowRankAdapter
  let identity = ModelIdentity(name: "tiny", digest: "1")

  static func prompt(_ text: String) -> [Int32] { [Int32(text.utf8.count % 11), 1] }

  /// The chances of the next token, of which those left out by top-p and top-k are 0.
  private func chances(_ logits: ArraySlice<Float>, _ request: GenerationRequest) -> [Double] {
    let scaled = logits.map { exp(Double($0) / request.temperature) }
    let ranked = scaled.enumerated().sorted { $0.element > $1.element }
      .prefix(request.topK ?? scaled.count)
    let total = ranked.reduce(0) { $0 + $1.element }
    var kept = [Double](repeating: 0, count: scaled.count)
    var sum = 0.0
    for (token, chance) in ranked where sum < (request.topP ?? 1) * total {
      kept[token] = chance
      sum += chance
    }
    return kept
  }

  private func texts(_ requests: [GenerationRequest]) throws -> [String] {
    let prompts = requests.map { request in
      guard case .chat(let messages) = request.input else { return "" }
      return messages.map(\.content).joined()
    }
    var generators = zip(requests, prompts).map { request, prompt in
      SeededGenerator(seed: request.seed, stream: "\(prompt) \(request.sampleIndex)")
    }
    // All prompts are equally long in tokens, so all go on together.
    var tokens = prompts.map(Self.prompt)
    let size = model.configuration.vocabularySize
    for _ in 0..<(requests.first?.maxTokens ?? 0) {
      let logits = try model.logits(after: tokens, adapter: adapter).floats()
      let length = tokens[0].count
      for row in tokens.indices {
        let end = (row + 1) * length * size
        let chances = chances(logits[(end - size)..<end], requests[row])
        tokens[row].append(
          Int32([Double].drawnIndex(weights: chances, by: &generators[row]) ?? 0))
      }
    }
    return tokens.map { $0.dropFirst(2).map(String.init).joined(separator: " ") }
  }

  func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    BatchStream { continuation in
      do {
        for (index, text) in try texts(requests).enumerated() {
          continuation.yield(
            BatchElement(
              index: index,
              result: .success(Generation(text: text, finish: .length, usage: Usage()))))
        }
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
  }
}

/// The share of a rewrite's tokens that are wanted, on a level that the prompt alone sets.
private struct WantedTokens: Reward {
  func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
    answers.map { answer in
      let tokens = answer.rewrite.split(separator: " ")
      let share = Double(tokens.count { $0 == "3" || $0 == "8" }) / Double(max(1, tokens.count))
      return share + 2 * Double(answer.prompt.utf8.count % 3)
    }
  }
}

@Suite("Rounds of alignment")
struct AlignmentRunTests {
  private let rows = (1...6).map {
    QuestionFile.Row(prompt: String(repeating: "a", count: $0))
  }

  private func parts(
    _ settings: AlignmentSettings
  ) throws -> (PrompterAlignment, LowRankAdapter, PrompterAlignment.World) {
    let model = try TinyDecoder.model()
    let start = try LowRankAdapter(LowRankSettings(rank: 4, alpha: 8), for: model, seed: 1)
    let chat = PrompterChat(instruction: "")
    let alignment = try PrompterAlignment(rows: rows, model: model, settings: settings) {
      prompt, drawn in
      let written = drawn.text.split(separator: " ").compactMap { Int32($0) }
      return TokenSequence(tokens: TinyPrompter.prompt(prompt) + written, promptCount: 2)
    }
    let world = PrompterAlignment.World(
      prompter: { Prompter(model: TinyPrompter(model: model, adapter: $0), chat: chat) },
      answers: { $0 }, reward: WantedTokens())
    return (alignment, start, world)
  }

  @Test(
    "The rewrites' reward rises, though prompts differ in what all their rewrites get",
    arguments: [AlignmentSettings.Method.ppo, .grpo])
  func learning(method: AlignmentSettings.Method) async throws {
    let settings = AlignmentSettings(
      method: method, rounds: 40, prompts: 6, samples: 4, batchSize: 24, learningRate: 0.01,
      valueLearningRate: 0.01, divergenceWeight: 0.01, maxTokens: 4, seed: 5)
    let (alignment, start, world) = try parts(settings)
    var told: [AlignmentRound] = []
    _ = try await alignment.run(from: start, in: world) { told.append($0) }
    let (first, last) = (told.prefix(5), told.suffix(5))
    let gain = (last.reduce(0) { $0 + $1.meanReward } - first.reduce(0) { $0 + $1.meanReward }) / 5
    #expect(gain > 0.12, "\(told.map(\.meanReward))")
    #expect(told[0].divergence == 0 && told[39].divergence > 0)
    #expect(told.allSatisfy { $0.moved < 1 && $0.updates >= 1 })
  }

  @Test("Learning from preferences that goes on from a saved pass ends in the same bits")
  func resumingPreferences() throws {
    let model = try TinyDecoder.model()
    let start = try LowRankAdapter(LowRankSettings(rank: 4, alpha: 8), for: model, seed: 1)
    let all = (0..<9).map {
      Preference(prompt: "\($0)", chosen: "3 8 \($0)", rejected: "\($0) 5 5")
    }
    let alignment = try PreferenceAlignment(
      PreferenceData(all, share: 0.3, seed: 4), model: model,
      settings: AlignmentSettings(
        method: .dpo, rounds: 4, batchSize: 4, learningRate: 0.01, divergenceWeight: 0.1, seed: 4)
    ) { pair in
      let rewrite = pair.rewrite.split(separator: " ").compactMap { Int32($0) }
      return TokenSequence(tokens: TinyPrompter.prompt(pair.prompt) + rewrite, promptCount: 2)
    }
    let file = FileManager.default.temporaryDirectory
      .appending(path: "hone-\(UUID().uuidString).gguf")
    defer { try? FileManager.default.removeItem(at: file) }
    var told: [PreferenceAlignment.Measure] = []
    let whole = try alignment.run(
      from: start,
      save: { if $0.counters.passes == 2 { try $0.write(to: file, work: "it") } },
      report: { told.append($1) })
    #expect(told.count == 4 && told[3].meanMargin > told[0].meanMargin)
    var later: [PreferenceAlignment.Measure] = []
    let resumed = try alignment.run(
      from: start, state: AlignmentState(reading: file, work: "it"), report: { later.append($1) })
    #expect(later == Array(told.suffix(2)))
    #expect(
      try resumed.parameters.values.map { try $0.floats() }
        == whole.parameters.values.map { try $0.floats() })
  }

  @Test(
    "An alignment that goes on from a saved round ends in the same bits",
    arguments: AlignmentSettings.Method.allCases)
  func resuming(method: AlignmentSettings.Method) async throws {
    let settings = AlignmentSettings(
      method: method, rounds: 5, prompts: 3, samples: 4, learningRate: 0.01,
      divergenceWeight: 0.05, divergenceTarget: 0.5, maxTokens: 3, seed: 2)
    let (alignment, start, world) = try parts(settings)
    let file = FileManager.default.temporaryDirectory
      .appending(path: "hone-\(UUID().uuidString).gguf")
    defer { try? FileManager.default.removeItem(at: file) }
    var told: [AlignmentRound] = []
    let whole = try await alignment.run(
      from: start, in: world,
      save: { if $0.counters.rounds.count == 2 { try $0.write(to: file, work: "it") } },
      report: { told.append($0) })
    let state = try AlignmentState(reading: file, work: "it")
    #expect(state.counters.rounds == Array(told.prefix(2)))
    var later: [AlignmentRound] = []
    let resumed = try await alignment.run(from: start, state: state, in: world) {
      later.append($0)
    }
    #expect(later == Array(told.suffix(3)))
    #expect(
      try resumed.parameters.values.map { try $0.floats() }
        == whole.parameters.values.map { try $0.floats() })
    #expect(
      try whole.parameters.values.map { try $0.floats() }
        != start.parameters.values.map { try $0.floats() })
  }

  @Test("A saved round of other work, of another kind or damaged is refused")
  func badCheckpoint() throws {
    let (alignment, start, _) = try parts(AlignmentSettings(method: .ppo))
    let file = FileManager.default.temporaryDirectory
      .appending(path: "hone-\(UUID().uuidString).gguf")
    defer { try? FileManager.default.removeItem(at: file) }
    func expectRefused(_ word: String) {
      let error = #expect(throws: TrainingError.self) {
        try AlignmentState(reading: file, work: "it")
      }
      #expect(error?.kind == .badCheckpoint && error?.description.contains(word) == true)
    }
    try alignment.beginning(from: start).write(to: file, work: "other")
    expectRefused("other data")
    try alignment.beginning(from: start).write(to: file, work: "it")
    let bytes = try Data(contentsOf: file)
    try bytes.prefix(bytes.count / 2).write(to: file)
    expectRefused("damaged")
    let settings = FineTuningSettings(lowRank: LowRankSettings(rank: 4, alpha: 8))
    try TrainingState(adapter: start, optimizer: AdamW())
      .write(to: file, settings: settings, model: "tiny")
    expectRefused("hone-alignment")
  }
}
