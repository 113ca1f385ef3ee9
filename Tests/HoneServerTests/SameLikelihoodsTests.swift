// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneModels
import HoneTesting
import Testing

/// Likelihoods of llama-server beside those of the engine in this process.
@Suite(
  .serialized, .timeLimit(.minutes(30)),
  .enabled(if: LlamaServer.isThere, Comment(rawValue: LlamaServer.isMissing)))
struct SameLikelihoodsTests {
  private static let requests = [
    LikelihoodRequest(
      input: .text("The topic of this ticket about a lost parcel is"),
      continuations: [" payment", " delivery", " account", " software"]),
    LikelihoodRequest(
      input: .text("The sky is blu"), continuations: ["e and wide", "", " 🎈 balloon"]),
    LikelihoodRequest(
      input: .chat([Message(.user, "Is water wet? Answer yes or no.")]),
      continuations: ["Yes", "No", "Not at all"]),
  ]

  private static func answers(_ model: any LikelihoodModel) async throws -> [Likelihoods] {
    var answers: [Int: Likelihoods] = [:]
    for try await element in model.likelihoods(requests) {
      answers[element.index] = try element.result.get()
    }
    return requests.indices.compactMap { answers[$0] }
  }

  @Test func `llama-server tells the likelihoods of the engine, within rounding`() async throws {
    let file = try #require(LlamaServer.model)
    let engine = try LlamaModel(file: file, name: "test", options: LlamaOptions(threads: 1))
    let server = try await LlamaServer()
    defer { server.stop() }
    let opener = RemoteModelOpener(environment: [:])
    let remote = try #require(try await opener.open(server.address + "#any").withLikelihoods)
    let (here, there) = (try await Self.answers(engine), try await Self.answers(remote))
    #expect(here.count == 3 && there.count == 3)
    for (first, second) in zip(here, there) {
      for (a, b) in zip(first.continuations, second.continuations) {
        #expect(a.tokenCount == b.tokenCount)
        #expect(
          abs(a.logProbability - b.logProbability) < 0.02 * Double(max(1, a.tokenCount)),
          "\(a) and \(b)")
      }
      #expect(first.usage.promptTokens == second.usage.promptTokens)
    }
    let checks = LanguageModelConformance(
      model: remote, input: { .text($0) }, likelihoodDifference: 0.05)
    try await checks.checkLikelihoods(remote)
  }
}
