// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension DSPyState: Codable {
  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  private static let metadata = "metadata"

  /// Reads the file; members that are no predictors are passed over.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    if container.contains(Name("signature")), container.contains(Name("demos")) {
      predictors = ["": try Predictor(from: decoder)]
      return
    }
    predictors = [:]
    for key in container.allKeys where key.stringValue != Self.metadata {
      predictors[key.stringValue] = try container.decode(Predictor.self, forKey: key)
    }
  }

  /// Writes the file as DSPy does: the state and, beside it, versions, of which there are none.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for (name, predictor) in predictors {
      if name.isEmpty {
        try predictor.encode(to: encoder)
        try container.encodeNil(forKey: Name("lm"))
      } else {
        var own = container.nestedContainer(keyedBy: Name.self, forKey: Name(name))
        try own.encode(predictor.traces, forKey: Name("traces"))
        try own.encode(predictor.train, forKey: Name("train"))
        try own.encode(predictor.demos, forKey: Name("demos"))
        try own.encode(predictor.signature, forKey: Name("signature"))
        try own.encodeNil(forKey: Name("lm"))
      }
    }
    try container.encode(
      ["dependency_versions": [String: String]()], forKey: Name(Self.metadata))
  }
}

extension DSPyState {
  /// Whether a JSON document looks like DSPy's saved state rather than a program of Hone's.
  public static func isOne(_ data: Data) -> Bool {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: data) else { return false }
    return value["version"] == nil && value["stages"] == nil
      && value[metadata]?["dependency_versions"] != nil
  }

  /// Reads a file.
  /// - Throws: ``SavedProgramProblem`` that names the file and the place in it.
  public static func load(_ url: URL) throws(SavedProgramProblem) -> DSPyState {
    let file = url.relativePath
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw SavedProgramProblem(["\(file): the file cannot be read; check the path"])
    }
    do {
      return try JSONDecoder().decode(DSPyState.self, from: data)
    } catch let error as DecodingError {
      throw SavedProgramProblem(["\(file): \(error.place)"])
    } catch {
      throw SavedProgramProblem(["\(file): it is no state of DSPy's: \(error)"])
    }
  }

  /// The candidate that the state makes of a declared program.
  ///
  /// Instructions and demonstrations are taken over; fields of demonstrations that DSPy adds for itself,
  /// such as `augmented`, are not. A demonstration that lacks the stage's answer is left out, as DSPy
  /// shows such ones only in part.
  /// - Throws: ``SavedProgramProblem`` with everything in which the two differ.
  public func candidate(
    of declared: Program, from source: String
  ) throws(SavedProgramProblem) -> Candidate {
    var problems: [String] = []
    var prompts: [String: Prompt] = [:]
    var used: Set<String> = []
    for stage in declared.askedStages {
      let key = Self.key(of: stage, isAlone: declared.askedStages.count == 1)
      guard let call = stage.call, let predictor = predictors[key] else {
        let name = key.isEmpty ? "the state of one predictor" : "a predictor \(key)"
        problems.append("the stage \(stage.name) needs \(name), which the file has not")
        continue
      }
      used.insert(key)
      let fields = call.signature.inputs + call.outputs
      if predictor.signature.fields.count != fields.count {
        problems.append(
          "the stage \(stage.name) has \(fields.count) fields, the file has "
            + "\(predictor.signature.fields.count)")
      }
      var prompt = stage.prompt
      prompt.system = nil
      prompt.instruction = predictor.signature.instructions
      prompt.demonstrations = predictor.demos.compactMap {
        Self.demonstration($0, of: stage, fields)
      }
      prompts[stage.name] = prompt
    }
    for name in predictors.keys.sorted() where !used.contains(name) {
      problems.append("the file has a predictor \(name), which fits no stage")
    }
    guard problems.isEmpty else {
      throw SavedProgramProblem(
        ["\(source) does not fit the program:"] + problems.map { "  " + $0 })
    }
    return Candidate(
      prompts: prompts, lineage: Lineage(parents: [], move: "loaded from \(source)", step: 0))
  }

  private static func demonstration(
    _ demo: [String: JSONValue], of stage: Stage, _ fields: [Field]
  ) -> Demonstration? {
    var values: [String: String] = [:]
    for field in fields {
      guard let value = demo[field.name] else { continue }
      let text = JSONDocument.plainText(value)
      values[field.name] = field.type.normalForm(of: text) ?? text
    }
    guard let answer = values.removeValue(forKey: stage.output) else { return nil }
    return Demonstration(fields: values, answer: answer)
  }
}
