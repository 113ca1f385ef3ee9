// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Says the current prompt in other words: APE's resampling.
///
/// One optimizer call a proposal, all in one batch.
public struct ParaphraseProposer: Proposer {
  /// How the model is asked.
  public var writer: Writer

  /// Creates a proposer.
  public init(writer: Writer = Writer(temperature: 0.9, maxTokens: 512)) {
    self.writer = writer
  }

  /// The name.
  public var name: String { "paraphrase" }
  /// It reads the current prompt alone.
  public var readsTrajectory: Bool { false }
  /// One call a proposal.
  public var callsPerProposal: Int { 1 }

  /// Asks `count` times for the current prompt in other words.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    let current = request.current
    var chance = session.random(request.stream(name))
    let seed = chance.next()
    let ask = Self.ask(current.instruction, maxWords: request.maxWords, form: writer.form)
    let requests = (0..<count).map { writer.promptRequest(ask, seed: seed, sample: $0) }
    return try await session.generate(requests, as: .optimizer).map {
      writer.proposal(from: $0, source: name, move: name)
    }
  }

  /// The question for a prompt in other words.
  static func ask(_ instruction: String, maxWords: Int, form: Writer.Form) -> Ask {
    let request =
      "Say the same in other words. The meaning stays as it is, and so does every name in braces. "
      + "Use \(maxWords) words at most."
    let shown = form == .chat ? instruction : instruction.oneLine
    let opening = "This is a prompt for a language model:"
    return Ask(
      body: form == .chat
        ? [opening, shown, request].joined(separator: "\n\n") : "Prompt: " + shown,
      cue: "The same prompt in other words:")
  }
}

extension String {
  /// The text with spaces in place of line ends.
  var oneLine: String { split { $0.isNewline }.joined(separator: " ") }
}
