// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A prompt in the form that another tool takes, with exactly the messages that were evaluated.
public struct PromptExport: Sendable {
  /// The tools there is a form for.
  public enum Target: String, Sendable, Hashable, CaseIterable {
    /// The body of a request to an OpenAI-compatible service.
    case openai
    /// A shell command that sends that body.
    case curl
    /// A promptfoo configuration.
    case promptfoo
    /// A Python module for DSPy.
    case dspy
  }

  /// The task the prompt was made for.
  public let task: PromptTask
  /// The prompt.
  public let prompt: Prompt
  /// The rows that come with it, such as the opened test rows.
  public let examples: [Example]

  /// Creates an export.
  public init(task: PromptTask, prompt: Prompt, examples: [Example]) {
    self.task = task
    self.prompt = prompt
    self.examples = examples
  }

  /// The prompt for a tool, as the text of a file.
  ///
  /// - Parameters:
  ///   - target: The tool.
  ///   - model: The model's name at the service.
  ///   - fields: The fields of the example that `openai` and `curl` send; nil takes the first row.
  /// - Returns: The file.
  /// - Throws: ``ExportRefusal`` when the tool cannot do what was evaluated.
  public func text(
    to target: Target, model: String, fields: [String: String]? = nil
  ) throws(ExportRefusal) -> String {
    if case .likelihood = task.answer.source {
      throw ExportRefusal(
        "The answers were chosen by the likelihood of given options, which "
          + "\(target.rawValue) has no request for. The run's prompt.txt and messages.json hold "
          + "the prompt, and the library scores options with LikelihoodModel.")
    }
    guard task.program.stages.count < 2 else {
      throw ExportRefusal(
        "The program has \(task.program.stages.count) stages, and \(target.rawValue) takes one "
          + "prompt. The run's program.json holds all of them, and hone show prints their messages."
      )
    }
    switch target {
    case .openai: return try Self.pretty(body(model: model, fields: fields)) + "\n"
    case .curl: return try curl(model: model, fields: fields)
    case .promptfoo: return try promptfoo(model: model)
    case .dspy: return try dspy(model: model)
    }
  }

  /// What the reader must know beside the file; nil when there is nothing.
  public var caution: String? {
    if task.program.isTyped {
      return
        "In the run the answer was read from the fields of the reply, and a reply that could not "
        + "be read was asked for again."
    }
    guard task.answer.finalTurn else { return nil }
    return "This is the first turn. In the run a second turn asked for the final answer only, and "
      + "the answer was read from that."
  }

  /// The input of an example.
  func input(_ fields: [String: String]) throws(ExportRefusal) -> ModelInput {
    do {
      guard let stage = task.program.stages.first else { return try prompt.render(fields) }
      return try stage.input(prompt, fields)
    } catch {
      throw ExportRefusal("The prompt cannot be filled in: \(error).")
    }
  }

  /// The prompt with marks in the places of the fields.
  func template(_ mark: (String) -> String) throws(ExportRefusal) -> ModelInput {
    try input(
      Dictionary(task.inputFields.map { ($0, mark($0)) }, uniquingKeysWith: { first, _ in first }))
  }

  static func pretty(_ value: JSONValue) throws(ExportRefusal) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw ExportRefusal("The prompt cannot be written as JSON: \(error).")
    }
  }

  static func json(_ messages: [Message]) -> JSONValue {
    .array(
      messages.map {
        .object(["role": .string($0.role.rawValue), "content": .string($0.content)])
      })
  }
}

/// Why a prompt has no form for a tool.
public struct ExportRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, and what to do instead.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
