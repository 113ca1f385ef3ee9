// SPDX-License-Identifier: Apache-2.0

/// How a stage with typed fields asks the model and reads its reply.
public struct StageCall: Sendable, Hashable, Codable {
  /// The fields.
  public var signature: Signature
  /// Whether the model answers at once or reasons first.
  public var module: StageModule
  /// How fields are written and read.
  public var format: ReplyFormat
  /// The formats that an optimizer may choose among, ``format`` among them; nil for no choice.
  public var formats: [ReplyFormat]?
  /// How many replies are drawn, of which the most frequent answer is taken; 1 for one.
  public var votes: Int
  /// How often a reply that cannot be read, or does not meet a check, is asked for again.
  public var retries: Int
  /// What replies must be like beyond their types; nil for nothing.
  public var checks: [FieldCheck]?
  /// The temperature; nil for the task's, or 0.7 where there are several votes.
  public var temperature: Double?
  /// The most tokens of a reply; nil for the task's.
  public var maxTokens: Int?

  /// Creates a call.
  public init(
    signature: Signature, module: StageModule = .predict, format: ReplyFormat = .fields,
    votes: Int = 1, retries: Int = 1, checks: [FieldCheck]? = nil, temperature: Double? = nil,
    maxTokens: Int? = nil, formats: [ReplyFormat]? = nil
  ) {
    self.signature = signature
    self.module = module
    self.format = format
    self.votes = votes
    self.retries = retries
    self.checks = checks
    self.temperature = temperature
    self.maxTokens = maxTokens
    self.formats = formats
  }

  /// The name of the field a chain of thought writes first.
  public static let reasoning = "reasoning"

  /// The fields of a reply in their order: of a chain of thought, the reasoning first.
  public var outputs: [Field] {
    guard module == .chainOfThought,
      !signature.outputs.contains(where: { $0.name == Self.reasoning })
    else { return signature.outputs }
    return [Field(Self.reasoning, description: "think step by step")] + signature.outputs
  }

  /// The most calls of the model for one example.
  public var mostCalls: Int { max(1, votes) * (1 + max(0, retries)) }
}

/// Whether a stage answers at once or reasons first.
public enum StageModule: String, Sendable, Hashable, Codable, CaseIterable {
  /// The outputs at once.
  case predict
  /// A text of reasoning, then the outputs. Wei et al., arXiv:2201.11903.
  case chainOfThought = "chain-of-thought"
}

/// How the fields of a reply are written and read.
public enum ReplyFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// In a chat, a line `Name: value` for each field.
  case fields
  /// In a chat, one JSON object.
  case json
  /// In a chat, an element for each field.
  case xml
  /// In a chat, one YAML mapping.
  case yaml
  /// In a chat, a heading of Markdown for each field and its value below.
  case markdown
  /// In a text that the model goes on with, a line `Name: value` for each field; for base models and
  /// very small ones.
  case completion
}
