// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A type whose values are what a stage reads and writes; `@Signature` makes a struct one.
public protocol DeclaredSignature: Sendable {
  /// What the stage reads.
  associatedtype Inputs: Sendable

  /// The instruction and the fields.
  static var declaration: SignatureDeclaration { get }

  /// The inputs as texts in normal form, by field.
  /// - Throws: `EncodingError` for a value that cannot be written as JSON.
  static func texts(of inputs: Inputs) throws -> [String: String]

  /// Creates the value of what was read and written.
  /// - Throws: ``FieldValueProblem`` for an output that is missing or not of its type.
  init(inputs: Inputs, outputs: [String: String]) throws

  /// What was read.
  var inputs: Inputs { get }

  /// What was written, as texts in normal form, by field.
  /// - Throws: `EncodingError` for a value that cannot be written as JSON.
  func outputTexts() throws -> [String: String]
}

/// What a type declares of a stage: its instruction and fields.
public struct SignatureDeclaration: Sendable {
  /// The name of the type.
  public var name: String
  /// The instruction to start from.
  public var instruction: String
  /// The fields it reads, in order.
  public var inputs: [DeclaredField]
  /// The fields it writes, in order; the last is its answer.
  public var outputs: [DeclaredField]

  /// Creates a declaration; an empty instruction becomes one made of the fields' names.
  public init(
    name: String, instruction: String, inputs: [DeclaredField], outputs: [DeclaredField]
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    func list(_ fields: [DeclaredField]) -> String {
      fields.map { $0.field.label.lowercased() }.joined(separator: ", ")
    }
    self.instruction =
      instruction.isEmpty ? "Read \(list(inputs)) and write \(list(outputs))." : instruction
  }

  /// The signature.
  /// - Throws: ``SignatureProblem``, such as for an enum with one label.
  public func signature() throws(SignatureProblem) -> Signature {
    try Signature(inputs: inputs.map(\.field), outputs: outputs.map(\.field))
  }

  /// What outputs must be like beyond what the signature can say, such as a whole number.
  var checks: [StageCheck] {
    outputs.map { output in
      StageCheck.require("the field \(output.field.name) must be \(output.requirement)") {
        output.accepts($0[output.field.name] ?? "")
      }
    }
  }
}

/// A field with what its values must be like in Swift.
public struct DeclaredField: Sendable {
  /// The field.
  public var field: Field
  /// What a value must be, as the end of a sentence.
  public var requirement: String
  /// Whether a text can be read as the declared type.
  public var accepts: @Sendable (String) -> Bool

  /// Creates a field of a type in Swift.
  public init<Value>(_ name: String, _ codec: FieldCodec<Value>, description: String = "") {
    field = Field(name, codec.type, description: description)
    requirement = codec.requirement
    accepts = { text in (try? codec.read(text)) != nil }
  }
}
