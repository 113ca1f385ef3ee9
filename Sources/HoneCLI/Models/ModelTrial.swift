// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneModels
import HoneReport

/// A few short questions to a model, and what they show of it.
struct ModelTrial: Sendable {
  let model: any LanguageModel
  var clock = ContinuousClock()

  /// Asks one question, then the same and three others at once; each answer is a line's worth.
  /// - Throws: `ModelError` when a question is not answered.
  func lines() async throws -> [String] {
    let first = Self.request("Which colour has a clear sky at noon? Answer with one word.")
    let start = clock.now
    let answer = try await ask([first])[0]
    let alone = (clock.now - start) / .seconds(1)
    let others = ["Name a fruit.", "Name a town.", "Name a river."].map(Self.request)
    let middle = clock.now
    let answers = try await ask([first] + others)
    let together = (clock.now - middle) / .seconds(1)
    let usage = answers.reduce(answer.usage) { $0 + $1.usage }
    var lines = [
      "\(model.identity.name) answers.",
      "  one request     \(Self.seconds(alone))",
      "  four at once    \(Self.seconds(together)), "
        + Self.rate(answers.reduce(Usage()) { $0 + $1.usage }.completionTokens, in: together),
      "  tokens          \(usage.promptTokens) read, \(usage.completionTokens) written",
      "  repeatable      "
        + (answers[0].text == answer.text ? "the same answer twice" : "two answers differed"),
      "  likelihoods     " + (model is any LikelihoodModel ? "yes" : "no"),
      "  embeddings      " + (model is any EmbeddingModel ? "yes" : "no"),
    ]
    let remote = (model as? RemoteLikelihoodModel)?.writer ?? model as? RemoteModel
    if let remote { lines.append("  takes           " + remote.takes) }
    lines.append("  it said         “\(answer.text.prefix(60))”" + Self.words(for: answer.finish))
    return lines
  }

  private func ask(_ requests: [GenerationRequest]) async throws -> [Generation] {
    var answers: [Int: Generation] = [:]
    for try await element in model.generate(requests) {
      answers[element.index] = try element.result.get()
    }
    return try requests.indices.map { index in
      guard let answer = answers[index] else {
        throw ModelError(.engine, "\(model.identity.name) left a question without answer")
      }
      return answer
    }
  }

  private static func request(_ question: String) -> GenerationRequest {
    GenerationRequest(input: .chat([Message(.user, question)]), maxTokens: 16)
  }

  private static func rate(_ tokens: Int, in seconds: Double) -> String {
    String(format: "%.0f tokens written a second", Double(tokens) / max(seconds, 1e-6))
  }

  private static func seconds(_ value: Double) -> String {
    String(format: "%.2f s", value)
  }

  private static func words(for finish: FinishReason) -> String {
    switch finish {
    case .length: ", cut at 16 tokens"
    case .refused: ", which is a refusal"
    case .filtered: ", held back by a content filter"
    case .endOfTurn, .stopText, .decided: ""
    }
  }
}
