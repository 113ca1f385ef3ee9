// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Lets the optimizer model continue a list of scored prompts, for base models without a chat form.
///
/// The list says what the task is, shows examples, and then one prompt a line with its score, the
/// better ones last; the model writes the line after a score above all of them. One optimizer call a
/// proposal, all in one batch.
public struct CompletionProposer: Proposer {
  /// The temperature of sampling.
  public var temperature: Double
  /// The most tokens of a line.
  public var maxTokens: Int

  /// Creates a proposer.
  public init(temperature: Double = 1, maxTokens: Int = 128) {
    self.temperature = temperature
    self.maxTokens = maxTokens
  }

  /// The name.
  public var name: String { "completion" }
  /// The list shows the trajectory.
  public var readsTrajectory: Bool { true }
  /// One call a proposal.
  public var callsPerProposal: Int { 1 }

  /// Lets the model continue the list `count` times.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    var generator = session.random(request.stream(name))
    let seed = generator.next()
    let text = text(for: request, task: session.task)
    let requests = (0..<count).map {
      GenerationRequest(
        input: .text(text), maxTokens: maxTokens, temperature: temperature, stop: ["\n"],
        seed: seed, sampleIndex: $0)
    }
    return try await session.generate(requests, as: .optimizer).map { result in
      switch result {
      case .success(let generation):
        Proposal(source: name, move: name, text: generation.text.trimmed)
      case .failure(let error): .failed(error, source: name)
      }
    }
  }

  /// The text to continue.
  public func text(for request: ProposalRequest, task: PromptTask) -> String {
    var parts = [
      "Prompts for a language model, with the score from 0 to 100 that each one reached."
    ]
    let description = task.description.trimmed
    if !description.isEmpty { parts.append("Task: " + description) }
    let examples = request.examples.shown.map { "Example: \($0.input) \($0.answer)" }
    parts.append(contentsOf: examples)
    parts += lessons(of: request)
    var entries = request.excerpt.entries
    if !entries.contains(request.current), let score = request.facts.score {
      entries.append(ScoredCandidate(request.current.candidate, score: score))
    }
    let ranked = entries.sorted { $0.score < $1.score }
    var lines = ranked.map { Self.line(score: $0.score) + " " + Self.oneLine($0.instruction) }
    lines.append(Self.line(score: 1))
    parts.append(lines.joined(separator: "\n"))
    return parts.joined(separator: "\n\n")
  }

  /// What is known beside prompts and scores: a summary, and what was found wrong.
  private func lessons(of request: ProposalRequest) -> [String] {
    let earlier = request.excerpt.reflections.compactMap { entry in
      entry.reflection.map {
        "A fault of a prompt with score \(ScoreScale.shown(entry.prompt.score)): "
          + Self.oneLine($0)
      }
    }
    let summary =
      request.excerpt.summary.map { ["What is known so far: " + Self.oneLine($0)] } ?? []
    let now =
      request.facts.reflection.map { ["A fault of the last prompt: " + Self.oneLine($0)] } ?? []
    return summary + earlier + now
  }

  private static func line(score: Double) -> String {
    "Prompt with score \(ScoreScale.shown(score)):"
  }

  private static func oneLine(_ text: String) -> String {
    text.split { $0.isNewline }.joined(separator: " ")
  }
}
