// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What DSPy's `program.save("file.json")` writes: instruction, fields and demonstrations of each
/// predictor.
///
/// A program of one stage is the state of that predictor itself, so that
/// `dspy.Predict(signature).load("file.json")` takes it; a stage with a chain of thought is that of a
/// `dspy.ChainOfThought`. A program of several stages fits a `dspy.Module` whose attributes have the
/// stages' names, with `_` for `-`. The file knows no types, so reading one needs the declared program.
/// What DSPy cannot hold is left out: checks, votes, formats, sampling and retrieval.
public struct DSPyState: Sendable, Hashable {
  /// The predictors by their names in the file; the empty name for a file that is one predictor.
  public var predictors: [String: Predictor]

  /// One predictor's state.
  public struct Predictor: Sendable, Hashable, Codable {
    /// Traces of DSPy's own; kept empty.
    public var traces: [JSONValue] = []
    /// Training rows of DSPy's own; kept empty.
    public var train: [JSONValue] = []
    /// The demonstrations, field by field, with their JSON types.
    public var demos: [[String: JSONValue]]
    /// The instruction, and a heading and a description for each field.
    public var signature: SavedSignature
  }

  /// A predictor's signature without names and types.
  public struct SavedSignature: Sendable, Hashable, Codable {
    /// The instruction.
    public var instructions: String
    /// The inputs, then the outputs.
    public var fields: [SavedField]
  }

  /// A field's words.
  public struct SavedField: Sendable, Hashable, Codable {
    /// The heading before the value.
    public var prefix: String
    /// What it is for; `${name}` where nothing is said.
    public var description: String
  }

  /// The state of a candidate.
  ///
  /// - Throws: ``SavedProgramProblem`` for a stage without typed fields, which has no signature, and for
  ///   one that shows each example other demonstrations, which the file would show all at once.
  public init(_ candidate: Candidate, of program: Program) throws(SavedProgramProblem) {
    predictors = [:]
    var problems: [String] = []
    for stage in program.askedStages {
      guard let call = stage.call else {
        problems.append(
          "the stage \(stage.name) has no signature; DSPy's state holds stages with typed fields")
        continue
      }
      let prompt = candidate.prompts[stage.name] ?? stage.prompt
      if let nearest = prompt.nearest {
        problems.append(
          "the stage \(stage.name) shows each example the \(nearest.count) nearest of "
            + "\(prompt.demonstrations.count) demonstrations; DSPy's state holds only such as are the "
            + "same for all examples")
        continue
      }
      let key = Self.key(of: stage, isAlone: program.askedStages.count == 1)
      predictors[key] = Predictor(
        demos: prompt.demonstrations.map { Self.demo($0, of: stage, call) },
        signature: SavedSignature(
          instructions: [prompt.system ?? "", prompt.instruction].filter { !$0.isEmpty }
            .joined(separator: "\n\n"),
          fields: (call.signature.inputs + call.outputs).map(SavedField.init)))
    }
    guard problems.isEmpty else { throw SavedProgramProblem(problems) }
  }

  /// The name of a stage's predictor in the file.
  static func key(of stage: Stage, isAlone: Bool) -> String {
    let inner = stage.call?.module == .chainOfThought ? "predict" : ""
    if isAlone { return inner }
    let name = stage.name.replacing("-", with: "_")
    return inner.isEmpty ? name : "\(name).\(inner)"
  }

  private static func demo(
    _ item: Demonstration, of stage: Stage, _ call: StageCall
  ) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    for field in call.signature.inputs + call.outputs {
      guard let text = field.name == stage.output ? item.answer : item.fields[field.name] else {
        continue
      }
      values[field.name] = JSONDocument.parse(field.type.json(text)) ?? .string(text)
    }
    return values
  }

  /// The text of the file.
  /// - Throws: `EncodingError`.
  public func text() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}

extension DSPyState.SavedField {
  init(_ field: Field) {
    let words = field.name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    prefix = words.joined(separator: " ") + ":"
    description = field.description.isEmpty ? "${\(field.name)}" : field.description
  }
}
