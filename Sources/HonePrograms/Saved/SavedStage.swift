// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A stage in a saved program.
public struct SavedStage: Sendable, Hashable, Codable {
  /// The stage's name.
  public var name: String
  /// Its typed fields; nil for a stage whose whole response is the output.
  public var signature: String?
  /// What fields are for, by name.
  public var fields: [String: String]?
  /// `predict` or `chain-of-thought`.
  public var module: StageModule?
  /// How replies are written.
  public var format: ReplyFormat?
  /// How many replies are drawn.
  public var vote: Int?
  /// How often an unreadable reply is asked for again.
  public var retries: Int?
  /// What fields must or should be like.
  public var checks: [FieldCheck]?
  /// The stage's own temperature.
  public var temperature: Double?
  /// The stage's own limit of tokens.
  public var maxTokens: Int?
  /// The text before the instruction.
  public var system: String?
  /// The instruction.
  public var instruction: String
  /// The demonstrations, field by field.
  public var demonstrations: [[String: String]]
  /// What the stage finds instead of asking a model.
  public var retrieval: StageRetrieval?
  /// How demonstrations are chosen for each example; nil shows all.
  public var nearest: NearestDemonstrations?
  /// The fields a stage without signature reads.
  public var inputs: [String]?
  /// The field a stage without signature writes.
  public var output: String?
  /// How fields become the question, for a stage without signature.
  public var question: SlotTemplate?
  /// `before-question`, `after-question`, `system`, or a text to complete, for a stage without
  /// signature.
  public var layout: String?
  /// The text that the model completes, for the layout `raw`.
  public var template: SlotTemplate?
  /// How a demonstration is written in such a text.
  public var demonstration: SlotTemplate?

  init(_ stage: Stage, prompt: Prompt) {
    name = stage.name
    system = prompt.system
    instruction = prompt.instruction
    let answer = stage.output
    demonstrations = prompt.demonstrations.map { item in
      item.fields.merging([answer: item.answer]) { _, answer in answer }
    }
    nearest = prompt.nearest
    retrieval = stage.retrieval
    if let call = stage.call {
      signature = call.signature.written
      let described = (call.signature.inputs + call.signature.outputs)
        .filter { !$0.description.isEmpty }.map { ($0.name, $0.description) }
      fields =
        described.isEmpty ? nil : Dictionary(described, uniquingKeysWith: { first, _ in first })
      module = call.module
      format = prompt.format ?? call.format
      vote = call.votes > 1 ? call.votes : nil
      retries = call.retries
      checks = call.checks
      temperature = call.temperature
      maxTokens = call.maxTokens
    } else {
      inputs = stage.inputs
      output = stage.output
      question = prompt.question
      layout = prompt.layout.word
      if case .raw(let text) = prompt.layout { template = text }
      demonstration = prompt.demonstration
    }
  }

  /// The stage that it says.
  func stage() throws -> Stage {
    guard let signature else { return try plain() }
    var declared = try Signature(signature)
    for (name, text) in fields ?? [:] {
      if let index = declared.inputs.firstIndex(where: { $0.name == name }) {
        declared.inputs[index].description = text
      } else if let index = declared.outputs.firstIndex(where: { $0.name == name }) {
        declared.outputs[index].description = text
      } else {
        throw SavedProgramProblem(["the signature has no field \"\(name)\", which fields describes"]
        )
      }
    }
    let call = StageCall(
      signature: declared, module: module ?? .predict, format: format ?? .fields,
      votes: vote ?? 1, retries: retries ?? 1, checks: checks,
      temperature: temperature, maxTokens: maxTokens)
    var stage = try Stage(
      name: name, call: call, instruction: instruction,
      demonstrations: try demonstrations(answer: declared.outputs.last?.name ?? name))
    stage.prompt.system = system
    stage.prompt.nearest = try choice()
    return stage
  }

  private func plain() throws -> Stage {
    guard let inputs, let output, let question, let layout else {
      throw SavedProgramProblem([
        "a stage without signature needs inputs, output, question and layout"
      ])
    }
    var prompt = Prompt(
      system: system, instruction: instruction, demonstrations: try demonstrations(answer: output),
      layout: try PromptLayout(word: layout, template: template), question: question,
      demonstration: demonstration)
    prompt.nearest = try choice()
    var stage = Stage(name: name, inputs: inputs, output: output, prompt: prompt)
    stage.retrieval = retrieval
    return stage
  }

  /// The choice among demonstrations, which needs a text for each.
  private func choice() throws -> NearestDemonstrations? {
    guard let nearest else { return nil }
    guard nearest.keys.count == demonstrations.count, nearest.count > 0 else {
      throw SavedProgramProblem([
        "nearest must have a key for each of the \(demonstrations.count) demonstrations and a count "
          + "above 0; it has \(nearest.keys.count) and the count \(nearest.count)"
      ])
    }
    return nearest
  }

  private func demonstrations(answer: String) throws -> [Demonstration] {
    try demonstrations.enumerated().map { index, fields in
      guard let text = fields[answer] else {
        throw SavedProgramProblem(["demonstrations[\(index)] has no field \"\(answer)\""])
      }
      return Demonstration(fields: fields.filter { $0.key != answer }, answer: text)
    }
  }
}

extension PromptLayout {
  /// The word of a task file.
  fileprivate var word: String {
    switch self {
    case .beforeQuestion: "before-question"
    case .afterQuestion: "after-question"
    case .systemMessage: "system"
    case .raw: "raw"
    }
  }

  fileprivate init(word: String, template: SlotTemplate?) throws(SavedProgramProblem) {
    switch (word, template) {
    case ("before-question", _): self = .beforeQuestion
    case ("after-question", _): self = .afterQuestion
    case ("system", _): self = .systemMessage
    case ("raw", let template?): self = .raw(template)
    case ("raw", nil): throw SavedProgramProblem(["the layout raw needs a template"])
    default:
      throw SavedProgramProblem([
        "there is no layout \"\(word)\"; there are before-question, after-question, system, raw"
      ])
    }
  }
}
