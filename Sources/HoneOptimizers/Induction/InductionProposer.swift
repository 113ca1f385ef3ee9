// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Lets a model work out the instruction from rows and their answers: APE's first round.
///
/// Training rows are drawn into a few subsets, and each subset is asked about as often as all the
/// others. The current prompt is not shown. One optimizer call a proposal, all in one batch. Zhou and
/// others, "Large Language Models Are Human-Level Prompt Engineers", arXiv:2211.01910.
public struct InductionProposer: Proposer {
  /// The subsets of rows.
  public var subsets: Int
  /// The rows of a subset.
  public var demonstrations: Int
  /// How the model is asked.
  public var writer: Writer

  /// Creates a proposer with the paper's sizes.
  public init(
    subsets: Int = 5, demonstrations: Int = 5,
    writer: Writer = Writer(temperature: 0.9, maxTokens: 512)
  ) {
    self.subsets = subsets
    self.demonstrations = demonstrations
    self.writer = writer
  }

  /// The name.
  public var name: String { "induction" }
  /// It reads rows alone.
  public var readsTrajectory: Bool { false }
  /// One call a proposal.
  public var callsPerProposal: Int { 1 }

  /// Asks about each subset in turn until there are `count` proposals.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    let rows = session.train.filter { !$0.references.isEmpty }
    guard !rows.isEmpty else { return [] }
    var chance = session.random(request.stream(name))
    let asks = (0..<max(1, subsets)).map { _ in
      ask(
        about: Array(rows.shuffled(by: &chance).prefix(max(1, demonstrations))),
        prompt: request.current.candidate.prompt, maxWords: request.maxWords)
    }
    let seed = chance.next()
    let requests = (0..<count).map {
      writer.promptRequest(asks[$0 % asks.count], seed: seed, sample: $0 / asks.count)
    }
    return try await session.generate(requests, as: .optimizer).map {
      writer.proposal(from: $0, source: name, move: name)
    }
  }

  /// The question about a subset of rows.
  public func ask(about rows: [Example], prompt: Prompt?, maxWords: Int) -> Ask {
    let pairs = rows.map { row in
      "Input: \(RowText.input(of: row, prompt))\nOutput: \(row.references.first ?? "")"
    }
    let opening =
      "Somebody was given one instruction and followed it for every input below. These are the "
      + "inputs and the outputs."
    let request =
      "Work out the instruction. It must be of use for other inputs of the same kind, so name none of "
      + "these. It may have \(maxWords) words at most."
    return Ask(
      body: ([opening] + pairs + (writer.form == .chat ? [request] : []))
        .joined(separator: "\n\n"),
      cue: "The instruction was:")
  }
}
