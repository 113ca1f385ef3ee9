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
    if settings["mode"] == "expand" {
      try await WeightConversion.convert(
        URL(filePath: path), to: URL(filePath: file), format: .f16)
      return
    }
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
    switch settings["mode"] {
    case "likelihood": try await likelihoods(model, input)
    case "parallel": try await parallel(model)
    default: try await generate(model, input)
    }
  }

  private func generate(_ model: LlamaModel, _ input: BenchRequests) async throws {
    let decided: AnswerKind? = settings["early"] == "1" ? .yesNo : nil
    let requests = input.chats.map {
      GenerationRequest(
        input: .chat([Message(.user, $0)]), maxTokens: input.maxTokens, stopWhenDecided: decided)
    }
    // The server has read a text before its clock starts too, and has its memory.
    for try await _ in model.generate([
      GenerationRequest(input: .text("One, two,"), maxTokens: 1)
    ]) {}
    for _ in 0..<number("repeat", 1) {
      let start = Stopwatch()
      var texts = Array(repeating: "", count: requests.count)
      var usage = Usage()
      for try await element in model.generate(requests) {
        let generation = try element.result.get()
        texts[element.index] = generation.text
        usage += generation.usage
      }
      report(start, usage, requests.count)
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
      let start = Stopwatch()
      var usage = Usage()
      for try await element in model.likelihoods(requests) {
        usage += try element.result.get().usage
      }
      report(start, usage, requests.count)
    }
  }

  /// Reads and decodes texts that share nothing and do not end, as llama-batched-bench does.
  private func parallel(_ model: LlamaModel) async throws {
    let count = number("parallel", 32)
    let prompts = (0..<count).map { index in
      ModelInput.text(
        "\(index):" + (0..<number("words", 42)).map { " \($0 + index * 3)," }.joined())
    }
    var seconds: [Double] = []
    var usages: [Usage] = []
    // The second pass has all texts in its cache, so that the third differs from it by decoding alone.
    for limit in [1, 1, 1 + number("tokens", 32)] {
      let start = Stopwatch()
      var usage = Usage()
      let requests = prompts.map { GenerationRequest(input: $0, maxTokens: limit) }
      for try await element in model.generate(requests) {
        usage += try element.result.get().usage
      }
      seconds.append(start.seconds)
      usages.append(usage)
    }
    let prefill = Double(usages[0].promptTokens) / seconds[0]
    let decoded = usages[2].completionTokens - usages[1].completionTokens
    let decode = Double(decoded) / max(1e-9, seconds[2] - seconds[1])
    print(
      #"{"promptTokens": \#(usages[0].promptTokens / count), "prefill": \#(prefill), "#
        + #""decode": \#(decode), "tokens": \#(decoded)}"#)
  }

  private func report(_ watch: Stopwatch, _ usage: Usage, _ requests: Int) {
    print(
      #"{"seconds": \#(watch.seconds), "cpuSeconds": \#(watch.cpuSeconds), "#
        + #""peakMegabytes": \#(Stopwatch.peakMegabytes), "requests": \#(requests), "#
        + #""promptTokens": \#(usage.promptTokens), "#
        + #""completionTokens": \#(usage.completionTokens)}"#)
  }
}
