// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax
import SwiftSyntaxBuilder

/// What `@Signature` adds to a struct, as source text.
struct SignatureExpansion {
  var name: String
  var type: String
  var instruction: String
  var access: String
  var properties: [DeclaredProperty]

  /// Names of members that it adds.
  static let reserved: Set<String> = ["inputs", "outputTexts", "declaration"]

  private var inputs: [DeclaredProperty] { properties.filter { $0.side == .input } }
  private var outputs: [DeclaredProperty] { properties.filter { $0.side == .output } }

  /// The extension.
  var text: String {
    let parts = [
      inputsType, declaration, textsOfInputs, initializer, givenInputs, writtenOutputs,
    ]
    return "extension \(type): HonePrograms.DeclaredSignature {\n"
      + parts.joined(separator: "\n\n").indented + "\n}"
  }

  private var inputsType: String {
    let stored = inputs.map { "\(access)var \($0.name): \($0.type)" }
    let parameters = inputs.map { property in
      "\(property.name): \(property.type)" + (property.value.map { " = \($0)" } ?? "")
    }
    let assignments = inputs.map { "self.\($0.name) = \($0.name)" }
    let initializer =
      "\(access)init(\(parameters.joined(separator: ", "))) {\n"
      + assignments.joined(separator: "\n").indented + "\n}"
    return "\(access)struct Inputs: Swift.Sendable {\n"
      + (stored.joined(separator: "\n") + "\n\n" + initializer).indented + "\n}"
  }

  private var declaration: String {
    func list(_ properties: [DeclaredProperty]) -> String {
      let fields = properties.map { property in
        "HonePrograms.DeclaredField(\(property.field.literal), "
          + "HonePrograms.fieldCodec(\(property.type).self), "
          + "description: \(property.description.literal)),"
      }
      return "[\n" + fields.joined(separator: "\n").indented + "\n]"
    }
    let arguments = [
      "name: \(name.literal)", "instruction: \(instruction.literal)",
      "inputs: \(list(inputs))", "outputs: \(list(outputs))",
    ]
    return "\(access)static var declaration: HonePrograms.SignatureDeclaration {\n"
      + ("HonePrograms.SignatureDeclaration(\n"
      + arguments.joined(separator: ",\n").indented + ")").indented + "\n}"
  }

  private var textsOfInputs: String {
    "\(access)static func texts(of inputs: Inputs) throws -> [Swift.String: Swift.String] {\n"
      + dictionary(inputs, of: "inputs").indented + "\n}"
  }

  private var initializer: String {
    let given = inputs.map { "self.\($0.name) = inputs.\($0.name)" }
    let read = outputs.map { property in
      "self.\(property.name) = try HonePrograms.fieldCodec(\(property.type).self)"
        + ".value(of: \(property.field.literal), in: outputs)"
    }
    return "\(access)init(inputs: Inputs, outputs: [Swift.String: Swift.String]) throws {\n"
      + (given + read).joined(separator: "\n").indented + "\n}"
  }

  private var givenInputs: String {
    let arguments = inputs.map { "\($0.name): \($0.name)" }
    return "\(access)var inputs: Inputs {\n"
      + "Inputs(\(arguments.joined(separator: ", ")))".indented + "\n}"
  }

  private var writtenOutputs: String {
    "\(access)func outputTexts() throws -> [Swift.String: Swift.String] {\n"
      + dictionary(outputs, of: "self").indented + "\n}"
  }

  private func dictionary(_ properties: [DeclaredProperty], of owner: String) -> String {
    let lines = properties.map { property in
      "\(property.field.literal): "
        + "try HonePrograms.fieldCodec(\(property.type).self).write(\(owner).\(property.name)),"
    }
    return "[\n" + lines.joined(separator: "\n").indented + "\n]"
  }
}

extension String {
  /// The text two columns to the right.
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
  }

  /// The text as a literal of Swift.
  fileprivate var literal: String { StringLiteralExprSyntax(content: self).description }
}
