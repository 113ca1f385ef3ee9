// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Writes an instruction from what the data is like, what the program does, examples and a tip.
///
/// The data is described once by the optimizer model from a few training rows; each proposal then gets
/// another tip. One call a proposal and one for the description, which all proposals of a run share.
/// Opsahl-Ong et al., "Optimizing Instructions and Demonstrations for Multi-Stage Language Model
/// Programs", arXiv:2406.11695, section 4.
public struct GroundedProposer: Proposer {
  /// How the model is asked.
  public var writer: Writer
  /// The training rows that the description is made from.
  public var rows: Int

  /// Creates a proposer.
  public init(writer: Writer = Writer(temperature: 1, maxTokens: 512), rows: Int = 10) {
    self.writer = writer
    self.rows = rows
  }

  /// The name.
  public var name: String { "grounded" }
  /// It reads rows and the current instruction.
  public var readsTrajectory: Bool { false }
  /// One call a proposal; the description is one more for all.
  public var callsPerProposal: Int { 1 }

  /// One a proposal, and one for the description of the data.
  public func mostCalls(proposing count: Int, facts: TaskFacts) -> Int { count + 1 }

  /// Asks for `count` instructions, each with another tip.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    var chance = session.random(request.stream(name))
    let summary = try await description(
      of: session.train, prompt: session.task.program.stages.first?.prompt, in: session)
    let tips = GroundedTips.all.shuffled(by: &chance)
    let seed = chance.next()
    let requests = (0..<count).map { index in
      writer.promptRequest(
        ask(
          request, task: session.task.description, summary: summary, tip: tips[index % tips.count]),
        seed: seed, sample: index)
    }
    return try await session.generate(requests, as: .optimizer).map {
      writer.proposal(from: $0, source: name, move: name)
    }
  }

  /// What the optimizer model says of the data; nil when it failed.
  private func description(
    of train: [Example], prompt: Prompt?, in session: any OptimizationSession
  ) async throws -> String? {
    let shown = train.prefix(rows).map { row in
      "Input: \(RowText.input(of: row, prompt))\nOutput: \(row.references.first ?? "")"
    }
    guard !shown.isEmpty else { return nil }
    let ask = Ask(
      body: (["These are rows of a set of data."] + shown + [
        "Say in two or three sentences what the rows are about, what form they have, and what makes "
          + "the output follow from the input."
      ]).joined(separator: "\n\n"), cue: "The rows:")
    let result = try await session.generate(
      [writer.textRequest(ask, seed: 0, sample: 0)], as: .optimizer)
    return result.first.flatMap { try? $0.get().text.trimmed }
  }

  private func ask(
    _ request: ProposalRequest, task: String, summary: String?, tip: String
  ) -> Ask {
    var parts = ["An instruction for a language model is to be written. What it is for: \(task)"]
    if let summary { parts.append("About the data: \(summary)") }
    if !request.examples.shown.isEmpty { parts.append("Examples:") }
    for row in request.examples.shown { parts.append("\(row.input)\nExpected: \(row.answer)") }
    parts.append("The instruction so far: \(request.current.instruction)")
    if !tip.isEmpty { parts.append("A hint: \(tip)") }
    parts.append("Write a better instruction of at most \(request.maxWords) words.")
    return Ask(body: parts.joined(separator: "\n\n"), cue: "A better instruction:")
  }
}
