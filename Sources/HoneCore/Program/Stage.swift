// SPDX-License-Identifier: Apache-2.0

/// A step of a program: the fields it reads, the field it writes, and its starting prompt.
///
/// Without a ``call`` the whole response is the output. With one the fields have types, and the reply
/// is read field by field.
public struct Stage: Sendable, Hashable, Codable {
  /// The name, unique in the program.
  public var name: String
  /// The fields it reads.
  public var inputs: [String]
  /// The field it writes; of several the last, which is its answer.
  public var output: String
  /// The prompt to start from.
  public var prompt: Prompt
  /// How typed fields are asked for and read; nil for the whole response.
  public var call: StageCall?
  /// What it finds instead of asking a model; nil for a stage that asks one.
  public var retrieval: StageRetrieval?

  /// Creates a stage whose whole response is the output.
  public init(name: String, inputs: [String], output: String, prompt: Prompt) {
    self.name = name
    self.inputs = inputs
    self.output = output
    self.prompt = prompt
  }

  /// Creates a stage with typed fields.
  public init(
    name: String, call: StageCall, instruction: String, demonstrations: [Demonstration] = []
  ) throws(SlotTemplateError) {
    self.name = name
    inputs = call.signature.inputs.map(\.name)
    output = call.signature.outputs.last?.name ?? name
    self.call = call
    let lines = call.signature.inputs.map { "\($0.label): {\($0.name)}" }
    prompt = Prompt(
      instruction: instruction, demonstrations: demonstrations, layout: .systemMessage,
      question: try SlotTemplate(lines.joined(separator: "\n")))
  }

  /// Creates a stage with typed fields of a signature's line.
  ///
  /// ```swift
  /// try Stage("solve", "question -> answer: number", instruction: "…", module: .chainOfThought)
  /// ```
  /// - Throws: ``SignatureProblem``.
  public init(
    _ name: String, _ signature: String, instruction: String,
    module: StageModule = .predict, format: ReplyFormat = .fields
  ) throws {
    try self.init(
      name: name,
      call: StageCall(signature: Signature(signature), module: module, format: format),
      instruction: instruction)
  }

  /// The fields it writes, the reasoning of a chain of thought first.
  public var outputs: [String] { call?.outputs.map(\.name) ?? [output] }

  /// The most calls of the model for one example.
  ///
  /// A stage that retrieves by meaning takes one of the embedder.
  public var mostCalls: Int {
    if let retrieval { return retrieval.by == .words ? 0 : 1 }
    return call?.mostCalls ?? 1
  }
}
