// SPDX-License-Identifier: Apache-2.0

/// A task in full: what is asked, how an answer is read and scored, and how to search.
///
/// Everything but the rows. A run is a function of this value, the rows, the seed and the journal.
public struct PromptTask: Sendable, Hashable, Codable {
  /// The short name, used in file names.
  public var name: String
  /// What the task is, in a sentence or two; proposers read it.
  public var description: String
  /// The input fields in the order of the data file.
  public var inputFields: [String]
  /// How an answer is read from a response.
  public var answer: AnswerFormat
  /// How an answer is scored.
  public var metric: MetricConfiguration
  /// The starting program; one stage named ``Program/mainStage`` for an ordinary task.
  public var program: Program
  /// The model of each role, by name, such as `smollm2-135m-instruct`.
  public var models: [ModelRole: String]
  /// The optimizer's name and settings.
  public var optimizer: OptimizerChoice
  /// The limits of the run.
  public var budget: Budget
  /// The seed of everything random.
  public var seed: UInt64
  /// Sampling of the task model's answers.
  public var generation: GenerationSettings

  /// Creates a task.
  public init(
    name: String, description: String, inputFields: [String], answer: AnswerFormat,
    metric: MetricConfiguration, program: Program, models: [ModelRole: String] = [:],
    optimizer: OptimizerChoice = OptimizerChoice(name: "gpo"), budget: Budget = Budget(),
    seed: UInt64 = 0, generation: GenerationSettings = GenerationSettings()
  ) {
    self.name = name
    self.description = description
    self.inputFields = inputFields
    self.answer = answer
    self.metric = metric
    self.program = program
    self.models = models
    self.optimizer = optimizer
    self.budget = budget
    self.seed = seed
    self.generation = generation
  }
}

/// An optimizer by name, with the settings that differ from its defaults.
public struct OptimizerChoice: Sendable, Hashable, Codable {
  /// The name in the catalog, such as `gpo`.
  public var name: String
  /// The settings by name, such as `["candidates": 8]`.
  public var settings: [String: JSONValue]

  /// Creates a choice.
  public init(name: String, settings: [String: JSONValue] = [:]) {
    self.name = name
    self.settings = settings
  }
}

/// How the task model's answers are sampled.
public struct GenerationSettings: Sendable, Hashable, Codable {
  /// The most tokens of an answer.
  public var maxTokens: Int
  /// 0 for greedy decoding.
  public var temperature: Double
  /// Texts that end an answer.
  public var stop: [String]
  /// Whether to decode on after the answer is decided.
  public var fullResponses: Bool
  /// A JSON Schema that answers keep to, with models that take one; nil for any answer.
  public var schema: JSONValue?

  /// Creates the settings.
  public init(
    maxTokens: Int = 64, temperature: Double = 0, stop: [String] = [], fullResponses: Bool = false,
    schema: JSONValue? = nil
  ) {
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.stop = stop
    self.fullResponses = fullResponses
    self.schema = schema
  }
}
