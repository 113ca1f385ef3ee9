// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import Testing

extension EngineTests {
  @Suite(.serialized)
  struct GenerationTests {
    private static let questions = [
      "What is the capital of France?", "Name a colour.", "Is water wet? Answer yes or no.",
      "How many legs has a spider?", "Write one word.",
    ]

    /// Chats that share questions and ends, so that the tree has forks at two depths.
    private static func requests(_ count: Int, maxTokens: Int = 12) -> [GenerationRequest] {
      (0..<count).map { index in
        let question = questions[index % questions.count]
        let ending = index / questions.count == 0 ? "" : " Keep it to \(index) words."
        return GenerationRequest(
          input: .chat([Message(.user, question + ending)]), maxTokens: maxTokens)
      }
    }

    @Test("The same batch twice gives the same texts")
    func greedyIsDeterministic() async throws {
      let model = try TestModel.usual()
      let requests = Self.requests(30)
      let first = try await values(model.generate(requests), count: 30)
      let second = try await values(model.generate(requests), count: 30)
      #expect(first == second)
      #expect(first.contains { !$0.text.isEmpty })
    }

    @Test("Sampling depends on seed and sample index alone")
    func samplingIsSeeded() async throws {
      let model = try TestModel.usual()
      let requests = [(1, 0), (1, 1), (2, 0), (1, 0)].map { seed, sample in
        GenerationRequest(
          input: .text("Once upon a time"), maxTokens: 12, temperature: 1.2, seed: UInt64(seed),
          sampleIndex: sample)
      }
      let texts = try await values(model.generate(requests), count: 4).map(\.text)
      #expect(texts[0] == texts[3])
      #expect(Set(texts).count == 3)
    }

    @Test("A stop text ends the response and is not part of it")
    func stopsAtText() async throws {
      let model = try TestModel.usual()
      let free = GenerationRequest(input: .text("1, 2, 3, 4,"), maxTokens: 16)
      var stopped = free
      stopped.stop = ["7"]
      let results = try await values(model.generate([free, stopped]), count: 2)
      #expect(results[0].text.contains("7"))
      #expect(results[1].finish == .stopText)
      #expect(results[0].text.hasPrefix(results[1].text) && !results[1].text.contains("7"))
    }

    @Test("A too long request fails alone")
    func longRequestFailsAlone() async throws {
      let model = try TestModel.load(LlamaOptions(threads: 1, memoryTokens: 512))
      let long = GenerationRequest(
        input: .text(String(repeating: "word ", count: 2000)), maxTokens: 4)
      let short = GenerationRequest(input: .text("Hello"), maxTokens: 4)
      let results = try await collect(model.generate([short, long, short]), count: 3)
      #expect(try results[0].get() == results[2].get())
      #expect { try results[1].get() } throws: { error in
        let error = error as? ModelError
        return error?.kind == .tooLong && error?.message.contains("511") == true
      }
    }

    @Test("More requests than the KV memory holds at once are all answered")
    func worksInLittleMemory() async throws {
      let model = try TestModel.load(LlamaOptions(threads: 1, memoryTokens: 256, stepTokens: 64))
      let results = try await collect(model.generate(Self.requests(40)), count: 40)
      #expect(results.allSatisfy { (try? $0.get()) != nil })
    }

    @Test("At most 2 % of requests are answered otherwise alone; none where sums are exact")
    func batchAgreesWithSingleRequests() async throws {
      let model = try TestModel.usual()
      let requests = Self.requests(50, maxTokens: 8)
      let batch = try await values(model.generate(requests), count: 50)
      var different = 0
      for (request, inBatch) in zip(requests, batch) {
        let alone = try await values(model.generate([request]), count: 1)[0]
        if alone.text != inBatch.text { different += 1 }
      }
      #expect(different <= (try TestModel.isExact ? 0 : 1))
    }

    @Test("Decoding ends as soon as the answer is decided")
    func stopsWhenDecided() async throws {
      let model = try TestModel.usual()
      var request = GenerationRequest(
        input: .chat([
          Message(.user, "Is snow cold? Answer yes or no."), Message(.assistant, "The answer is"),
        ]), maxTokens: 24)
      let full = try await values(model.generate([request]), count: 1)[0]
      request.stopWhenDecided = .yesNo
      let early = try await values(model.generate([request]), count: 1)[0]
      #expect(full.text.hasPrefix(early.text))
      #expect(AnswerKind.yesNo.read(full.text) == AnswerKind.yesNo.read(early.text))
      #expect(early.usage.completionTokens <= full.usage.completionTokens)
      if AnswerKind.yesNo.isDecided(full.text) { #expect(early.finish == .decided) }
    }

    @Test("A cancelled batch stops, and the next one is answered")
    func cancels() async throws {
      let model = try TestModel.usual()
      let long = (0..<1000).map {
        GenerationRequest(input: .text("\($0): 1, 2, 3, 4,"), maxTokens: 400)
      }
      let task = Task {
        var count = 0
        for try await _ in model.generate(long) {
          count += 1
        }
        return count
      }
      let first = try await values(
        model.generate([GenerationRequest(input: .text("Hello"), maxTokens: 2)]), count: 1)
      task.cancel()
      let clock = ContinuousClock.now
      let second = try await values(
        model.generate([GenerationRequest(input: .text("Hello"), maxTokens: 2)]), count: 1)
      #expect(first.map(\.text) == second.map(\.text))
      // 1000 requests of 400 tokens take longer; a few steps take seconds even on a busy machine.
      #expect(clock.duration(to: .now) < .seconds(300))
      #expect((try? await task.value) ?? 0 < 1000)
    }
  }
}
