// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneModels
import HoneOptimizers
import HoneRuns
import HoneTesting
import Testing

/// The same model in this process and behind an API, on the same tasks.
@Suite(
  .serialized, .timeLimit(.minutes(30)),
  .enabled(if: LlamaServer.isThere, Comment(rawValue: LlamaServer.isMissing)))
struct SameAnswersTests {
  private static func task() throws -> LoadedTask {
    var loaded = try ReviewTask.make(
      train: 8, dev: 12, test: 8, seed: 5, budget: Budget(calls: 100),
      instruction: "Is this review positive or negative? Answer with one word.")
    // Whole responses, so that the texts can be compared and not the answers alone.
    loaded.task.generation = GenerationSettings(maxTokens: 12, fullResponses: true)
    return loaded
  }

  private static func gpo() throws -> any Optimizer {
    try Catalog.make(
      OptimizerChoice(
        name: "gpo",
        settings: [
          "proposer": .string("phrasebook"), "candidates": .number(4), "plateau": .number(0),
        ]))
  }

  private static func run(_ models: ModelSet) async throws -> RunRecord {
    let folder = try TemporaryFolder()
    return try await Run.create(
      task(), models: models, optimizer: gpo(), in: RunCatalog(folder.url)
    ).perform()
  }

  /// The texts that a run was answered with, by candidate and example.
  private static func responses(_ record: RunRecord) -> [String: String] {
    let evaluations =
      record.dev + [record.result?.seedTest, record.result?.bestTest].compactMap(\.self)
    var responses: [String: String] = [:]
    for evaluation in evaluations {
      for result in evaluation.results {
        responses["\(evaluation.candidate) \(result.example)"] = result.response
      }
    }
    return responses
  }

  @Test func `GPO over llama-server finds the prompts of the engine in this process`() async throws
  {
    let file = try #require(LlamaServer.model)
    let engine = try LlamaModel(file: file, name: "test", options: LlamaOptions(threads: 1))
    let here = try await Self.run(ModelSet(task: engine))

    let server = try await LlamaServer()
    defer { server.stop() }
    let opener = RemoteModelOpener(environment: [:])
    let remote = try await opener.open(server.address + "#any")
    let there = try await Self.run(ModelSet(task: remote))

    let (first, second) = (Self.responses(here), Self.responses(there))
    #expect(first.count > 60)
    let common = Set(first.keys).intersection(second.keys)
    let different = common.count { first[$0] != second[$0] }
    // Rounding may turn a token where two are nearly as likely.
    #expect(Double(different) <= 0.02 * Double(common.count), "\(different) of \(common.count)")
    #expect(there.candidates.map(\.instruction) == here.candidates.map(\.instruction))
    #expect(there.result?.best.instruction == here.result?.best.instruction)
    #expect(Set(first.values).count > 1)
    #expect(there.spend.totalCalls == here.spend.totalCalls)
    // Both count the tokens of the model's own form of the chat.
    #expect(there.spend.usage[.task]?.promptTokens == here.spend.usage[.task]?.promptTokens)
  }
}
