// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneMLX
import HoneTraining

/// Times rounds of PPO: 64 rewrites, 64 answers, their rewards and the updates.
struct AlignmentBench {
  /// The prompts and sizes that `peer_ppo.py` reads too.
  private struct Work: Decodable {
    var prompts: [String]
    var instruction: String
    var maxTokens: Int
    var samples: Int
  }

  /// What was measured.
  struct Result {
    var seconds: [Double]
    var tokensWritten: Double
    /// The fewest updates of a round; a round that moved the prompter too far makes fewer than eight.
    var updates: Int
    /// The mean seconds of each part of a round, in its order.
    var parts: [(name: String, seconds: Double)]
  }

  let file: URL
  let rounds: Int

  func run() async throws -> Result {
    let place = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../ppo-prompts.json")
    let work = try JSONDecoder().decode(Work.self, from: Data(contentsOf: place))
    let chat = PrompterChat(instruction: work.instruction)
    let model = try DecoderModel(file: file)
    let answering = try LlamaModel(file: file, name: "target")
    let vocabulary = try ModelVocabulary(file: file)
    let alignment = try PrompterAlignment(
      rows: work.prompts.map { QuestionFile.Row(prompt: $0) }, chat: chat, vocabulary: vocabulary,
      model: model,
      settings: AlignmentSettings(
        method: .ppo, rounds: rounds, prompts: work.prompts.count, samples: work.samples,
        sampling: RewriteSampling(temperature: 1), maxTokens: work.maxTokens))
    let written = Written()
    let world = PrompterAlignment.World(
      prompter: { adapter in
        let place = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gguf")
        defer { try? FileManager.default.removeItem(at: place) }
        try adapter.write(to: place, architecture: "llama")
        return Prompter(
          model: try LlamaModel(file: file, name: "prompter", adapter: place), chat: chat)
      },
      answers: { prompts in
        if prompts.count == work.prompts.count * work.samples {
          await written.add(
            try prompts.map { try vocabulary.tokens(ofResponse: $0).count + 1 })
        }
        return try await Self.answers(to: prompts, by: answering, work.maxTokens)
      },
      reward: SharedWords())
    let start = try LowRankAdapter(LowRankSettings(), for: model, seed: 0)
    var times: [Double] = []
    var last = Date()
    var updates: [Int] = []
    var parts = PartTimes()
    _ = try await alignment.run(from: start, in: world, tell: { parts.begin($0.part) }) { round in
      parts.end()
      updates.append(round.updates)
      times.append(Date().timeIntervalSince(last))
      last = Date()
    }
    return Result(
      seconds: times, tokensWritten: await written.mean, updates: updates.min() ?? 0,
      parts: parts.sums.map { ($0.name, $0.seconds / Double(max(1, times.count))) })
  }

  /// How long the parts of rounds took.
  private struct PartTimes {
    private(set) var sums: [(name: String, seconds: Double)] = []
    private var current: (name: String, start: Date)?

    mutating func begin(_ part: AlignmentStage.Part) {
      end()
      current = (part.rawValue, Date())
    }

    mutating func end() {
      guard let (name, start) = current else { return }
      let seconds = Date().timeIntervalSince(start)
      if let place = sums.firstIndex(where: { $0.name == name }) {
        sums[place].seconds += seconds
      } else {
        sums.append((name, seconds))
      }
      current = nil
    }
  }

  /// The tokens of rewrites.
  private actor Written {
    private var counts: [Int] = []
    func add(_ more: [Int]) { counts += more }
    var mean: Double { Double(counts.reduce(0, +)) / Double(max(1, counts.count)) }
  }

  private static func answers(
    to prompts: [String], by model: LlamaModel, _ maxTokens: Int
  ) async throws -> [String] {
    var texts = [String](repeating: "", count: prompts.count)
    let requests = prompts.map {
      GenerationRequest(input: .chat([Message(.user, $0)]), maxTokens: maxTokens)
    }
    for try await element in model.generate(requests) {
      texts[element.index] = try element.result.get().text
    }
    return texts
  }
}

/// The share of an answer's words that its prompt has.
private struct SharedWords: Reward {
  func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
    answers.map { answer in
      let wanted = Set(answer.prompt.lowercased().split(separator: " "))
      let given = answer.answer.lowercased().split(whereSeparator: \.isWhitespace)
      return Double(given.count { wanted.contains($0) }) / Double(max(1, given.count))
    }
  }
}
