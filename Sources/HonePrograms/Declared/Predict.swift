// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A stage of a declared signature: asked with typed inputs, it gives a typed value.
///
/// ```swift
/// let answer = Predict<Answer>(module: .chainOfThought)
/// let result = try await answer(.init(context: text, question: "Who?"), from: model)
/// ```
/// In a ``ProgramBody`` the same is called with `in: run`, and the program is
/// `Program(stages: [try answer.stage()])`; the search then finds instruction and demonstrations.
public struct Predict<Declared: DeclaredSignature>: Sendable {
  /// The stage's name: the type's in lower case where none was given.
  public var name: String
  /// The instruction; the documentation comment of the type where none was given.
  public var instruction: String
  /// How the model is asked, without its signature.
  public var settings: PredictSettings
  /// Worked examples that the model is shown.
  public var demonstrations: [Demonstration] = []

  /// Creates a stage.
  public init(
    _ name: String? = nil, instruction: String? = nil, module: StageModule = .predict,
    format: ReplyFormat = .fields, settings: PredictSettings = PredictSettings()
  ) {
    let declaration = Declared.declaration
    self.name = name ?? declaration.name.prefix(1).lowercased() + declaration.name.dropFirst()
    self.instruction = instruction ?? declaration.instruction
    self.settings = settings
    self.settings.module = module
    self.settings.format = format
  }

  /// The stage, for a program.
  /// - Throws: ``SignatureProblem`` when the fields make no signature.
  public func stage() throws -> Stage {
    let call = StageCall(
      signature: try Declared.declaration.signature(), module: settings.module,
      format: settings.format, votes: settings.votes, retries: settings.retries,
      checks: settings.checks.isEmpty ? nil : settings.checks,
      temperature: settings.temperature, maxTokens: settings.maxTokens)
    return try Stage(
      name: name, call: call, instruction: instruction, demonstrations: demonstrations)
  }

  /// The same stage shown worked examples.
  /// - Throws: `EncodingError` for a value that cannot be written as JSON.
  public func showing(_ examples: [Declared]) throws -> Predict {
    var copy = self
    copy.demonstrations += try examples.map(Self.demonstration)
    return copy
  }

  /// The same stage with the instruction and the demonstrations that a search found.
  ///
  /// A candidate without a prompt for this stage's name leaves it as it is.
  public func with(_ candidate: Candidate) -> Predict {
    guard let prompt = candidate.prompts[name] else { return self }
    var copy = self
    copy.instruction = prompt.instruction
    copy.demonstrations = prompt.demonstrations
    return copy
  }

  /// Asks in a program's run; the program must have the stage by its name.
  ///
  /// Costs what ``ProgramRun/call(_:_:checks:)`` costs: a reply that cannot be read as the declared
  /// types is asked for again.
  /// - Throws: ``StageFailure``, ``ProgramMistake``.
  public func callAsFunction(
    _ inputs: Declared.Inputs, in run: ProgramRun, checks: [StageCheck] = []
  ) async throws -> Prediction<Declared> {
    let texts = try await run.call(
      name, try Declared.texts(of: inputs), checks: Declared.declaration.checks + checks)
    return Prediction(
      value: try Declared(inputs: inputs, outputs: texts),
      reasoning: settings.module == .chainOfThought ? texts[StageCall.reasoning] : nil,
      texts: texts)
  }

  private static func demonstration(_ example: Declared) throws -> Demonstration {
    let outputs = try example.outputTexts()
    let answer = Declared.declaration.outputs.last?.field.name ?? ""
    let given = try Declared.texts(of: example.inputs)
    return Demonstration(
      fields: given.merging(outputs.filter { $0.key != answer }) { first, _ in first },
      answer: outputs[answer] ?? "")
  }
}

/// How a declared stage asks the model.
public struct PredictSettings: Sendable, Hashable {
  /// Whether the model answers at once or reasons first.
  public var module = StageModule.predict
  /// How fields are written and read.
  public var format = ReplyFormat.fields
  /// How many replies are drawn, of which the most frequent answer is taken.
  public var votes = 1
  /// How often a reply that cannot be read is asked for again.
  public var retries = 1
  /// What fields must or should be like.
  public var checks: [FieldCheck] = []
  /// The temperature; nil for the program's, or 0.7 where there are several votes.
  public var temperature: Double?
  /// The most tokens of a reply; nil for the program's.
  public var maxTokens: Int?

  /// Creates the settings of one greedy reply that is asked for again once.
  public init(
    votes: Int = 1, retries: Int = 1, checks: [FieldCheck] = [], temperature: Double? = nil,
    maxTokens: Int? = nil
  ) {
    self.votes = votes
    self.retries = retries
    self.checks = checks
    self.temperature = temperature
    self.maxTokens = maxTokens
  }
}
