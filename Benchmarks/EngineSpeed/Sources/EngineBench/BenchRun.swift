// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama

/// The chats to answer: one list of user messages, and the limit of a response.
struct BenchRequests: Decodable {
  var chats: [String]
  var maxTokens: Int
}

/// One timing with given settings.
struct BenchRun {
  var settings: [String: String]

  private func number(_ name: String, _ fallback: Int) -> Int {
    settings[name].flatMap(Int.init) ?? fallback
  }

  func perform(model path: String, requests file: String) async throws {
    let defaults = LlamaOptions()
    let options = LlamaOptions(
      threads: number("threads", defaults.threads),
      memoryTokens: number("memory", defaults.memoryTokens),
      maxBranches: number("branches", defaults.maxBranches),
      stepTokens: number("step", defaults.stepTokens),
      cachedTokens: number("cached", defaults.cachedTokens),
      flashAttention: number("flash", defaults.flashAttention ? 1 : 0) == 1)
    let model = try LlamaModel(file: URL(filePath: path), name: "bench", options: options)
    let input = try JSONDecoder().decode(
      BenchRequests.self, from: Data(contentsOf: URL(filePath: file)))
    if settings["mode"] == "likelihood" {
      try await likelihoods(model, input)
    } else {
      try await generate(model, input)
    }
  }

  private func generate(_ model: LlamaModel, _ input: BenchRequests) async throws {
    let decided: AnswerKind? = settings["early"] == "1" ? .yesNo : nil
    let requests = input.chats.map {
      GenerationRequest(
        input: .chat([Message(.user, $0)]), maxTokens: input.maxTokens, stopWhenDecided: decided)
    }
    for _ in 0..<number("repeat", 1) {
      let start = ContinuousClock.now
      var texts = Array(repeating: "", count: requests.count)
      var usage = Usage()
      for try await element in model.generate(requests) {
        let generation = try element.result.get()
        texts[element.index] = generation.text
        usage += generation.usage
      }
      report(start.duration(to: .now), usage, requests.count)
      if let path = settings["texts"] {
        try JSONEncoder().encode(texts).write(to: URL(filePath: path))
      }
    }
  }

  private func likelihoods(_ model: LlamaModel, _ input: BenchRequests) async throws {
    let requests = input.chats.map {
      LikelihoodRequest(input: .text($0), continuations: [" positive", " negative"])
    }
    for _ in 0..<number("repeat", 1) {
      let start = ContinuousClock.now
      var usage = Usage()
      for try await element in model.likelihoods(requests) {
        usage += try element.result.get().usage
      }
      report(start.duration(to: .now), usage, requests.count)
    }
  }

  private func report(_ time: Duration, _ usage: Usage, _ requests: Int) {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    print(
      #"{"seconds": \#(seconds), "requests": \#(requests), "promptTokens": \#(usage.promptTokens),"#
        + #" "completionTokens": \#(usage.completionTokens)}"#)
  }
}
