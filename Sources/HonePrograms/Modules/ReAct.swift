// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Lets the model think, use a tool, read what came of it, and think again, until it is done.
///
/// Yao et al., "ReAct: Synergizing Reasoning and Acting in Language Models", arXiv:2210.03629. It is
/// made of two stages: the first is called once a turn, with the inputs, the tools' descriptions and
/// the turns so far; the second writes the answer from the inputs and all turns.
///
/// Cost in model calls: at most `turns + 1` an example, times the retries of the stages.
public struct ReAct: StagedModule {
  /// The tools.
  public var tools: [Tool]
  /// The most turns.
  public var turns: Int
  /// What the names of its stages begin with; empty where it is the whole program.
  public var prefix = ""

  /// The name of the stage that acts.
  public static let actingStage = "act"
  /// The name of the stage that answers.
  public static let answeringStage = "answer"
  /// The word that ends the turns; no tool may have it as its name.
  public static let finish = "finish"

  /// Creates the body for its ``StagedModule/program(inputs:answer:instruction:format:)``.
  public init(tools: [Tool], turns: Int = 5) {
    self.tools = tools
    self.turns = turns
  }

  /// The stage that acts and the one that answers.
  /// - Throws: ``SignatureProblem``.
  public func stages(
    inputs: String, answer: String, instruction: String, format: ReplyFormat
  ) throws -> [Stage] {
    let names = tools.map(\.name) + [Self.finish]
    let acting = try Stage(
      prefix + Self.actingStage,
      "\(inputs), tools, turns -> thought, tool: \(names.joined(separator: " | ")), input",
      instruction: instruction + " Think, then name a tool and what it is given, or "
        + "\(Self.finish) when you know enough.", format: format)
    let answering = try Stage(
      prefix + Self.answeringStage, "\(inputs), turns -> \(answer)",
      instruction: instruction + " Answer from what was found.", module: .chainOfThought,
      format: format)
    return [acting, answering]
  }

  /// A call of the acting stage a turn, and one of the answering stage.
  public func mostCalls(of stages: [Stage]) -> Int {
    guard stages.count == 2 else { return 0 }
    return max(0, turns) * stages[0].mostCalls + stages[1].mostCalls
  }

  /// Takes turns until the model is done or may take no more, then asks for the answer.
  ///
  /// A turn that cannot be read ends the turns; the answer is still asked for.
  public func run(
    _ inputs: [String: String], in run: ProgramRun
  ) async throws -> [String: String] {
    var values = inputs
    values["tools"] =
      (tools.map { "\($0.name): \($0.description)" } + ["\(Self.finish): no more is needed"])
      .joined(separator: "\n")
    var story: [String] = []
    for _ in 0..<max(0, turns) {
      values["turns"] = story.isEmpty ? "none so far" : story.joined(separator: "\n")
      guard let act = try await turn(values, in: run),
        let tool = tools.first(where: { $0.name == act["tool"] })
      else { break }
      let input = act["input"] ?? ""
      story.append(
        "Thought: \(act["thought"] ?? "") Used \(tool.name) with \(input), which gave: "
          + (await tool.answer(input)))
    }
    values["turns"] = story.isEmpty ? "none" : story.joined(separator: "\n")
    return try await run.call(prefix + Self.answeringStage, values)
  }

  /// One turn, or nil when what the model wrote cannot be read.
  private func turn(
    _ values: [String: String], in run: ProgramRun
  ) async throws -> [String: String]? {
    do {
      return try await run.call(prefix + Self.actingStage, values)
    } catch let failure as StageFailure {
      if case .unreadable = failure { return nil }
      throw failure
    }
  }
}
