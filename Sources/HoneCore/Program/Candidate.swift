// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program's prompts together with where they came from.
public struct Candidate: Sendable, Hashable, Codable, Identifiable {
  /// A name made of the prompts' content: equal prompts have equal ids.
  public let id: String
  /// The prompt of each stage, by the stage's name.
  public let prompts: [String: Prompt]
  /// How it came to be.
  public let lineage: Lineage

  /// Creates a candidate; its id follows from the prompts.
  public init(prompts: [String: Prompt], lineage: Lineage) {
    self.prompts = prompts
    self.lineage = lineage
    let content = prompts.sorted { $0.key < $1.key }.map { stage, prompt in
      let data = (try? CanonicalJSON.encode(prompt)) ?? Data()
      return stage + "\u{0}" + String(decoding: data, as: UTF8.self)
    }
    id = StableHash.hex(content.joined(separator: "\u{0}"))
  }

  /// Creates the starting candidate of a program.
  public init(seedOf program: Program) {
    self.init(
      prompts: Dictionary(
        program.askedStages.map { ($0.name, $0.prompt) }, uniquingKeysWith: { first, _ in first }),
      lineage: .seed)
  }

  /// The prompt of the ordinary task's only stage, or of the first stage by name.
  public var prompt: Prompt? {
    prompts[Program.mainStage] ?? prompts.min { $0.key < $1.key }?.value
  }

  /// The instruction of ``prompt``; empty when there is none.
  public var instruction: String { prompt?.instruction ?? "" }

  /// What is searched as a text: the instruction, or of several stages each with its name, by their
  /// names.
  public var text: String { text(inOrder: prompts.keys.sorted()) }

  /// What is searched as a text, stages in the order in which a program has them.
  public func text(of program: Program) -> String {
    text(inOrder: program.stages.map(\.name).filter { prompts[$0] != nil })
  }

  private func text(inOrder stages: [String]) -> String {
    guard prompts.count > 1 else { return instruction }
    return stages.map { "\($0): \(prompts[$0]?.instruction ?? "")" }.joined(separator: "\n")
  }

  /// How many demonstrations all prompts show together.
  public var demonstrationCount: Int {
    prompts.values.reduce(0) { $0 + $1.shownDemonstrations.count }
  }

  /// A child with other demonstrations for some stages.
  public func child(
    demonstrations: [String: [Demonstration]], move: String, step: Int,
    otherParents: [String] = []
  ) -> Candidate {
    var prompts = prompts
    for (stage, items) in demonstrations {
      prompts[stage]?.demonstrations = items
      prompts[stage]?.nearest = nil
    }
    return Candidate(
      prompts: prompts, lineage: Lineage(parents: [id] + otherParents, move: move, step: step))
  }

  /// A child with another instruction for a stage.
  public func child(
    instruction: String, stage: String = Program.mainStage, move: String, step: Int,
    otherParents: [String] = []
  ) -> Candidate {
    var prompts = prompts
    prompts[stage] = prompts[stage]?.withInstruction(instruction)
    return Candidate(
      prompts: prompts, lineage: Lineage(parents: [id] + otherParents, move: move, step: step))
  }
}

/// A candidate's parents, the move that made it, and when.
public struct Lineage: Sendable, Hashable, Codable {
  /// The ids of the candidates it was made from.
  public var parents: [String]
  /// The move that made it, such as `meta-prompt` or `phrasebook: add a caution`.
  public var move: String
  /// The optimizer's step, 0 for the start.
  public var step: Int

  /// Creates a lineage.
  public init(parents: [String], move: String, step: Int) {
    self.parents = parents
    self.move = move
    self.step = step
  }

  /// The lineage of the prompt a run starts from.
  public static let seed = Lineage(parents: [], move: "seed", step: 0)
}
