// SPDX-License-Identifier: Apache-2.0

import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacros

/// A property that is a field of the signature.
struct DeclaredProperty {
  /// Whether the stage reads or writes it.
  enum Side: String { case input = "Input", output = "Output" }

  /// The property's name, with backticks where it has them.
  var name: String
  /// The field's name: `finalAnswer` is `final_answer`.
  var field: String
  /// The type as it is written.
  var type: String
  /// What it is for.
  var description: String
  /// The value of an input that is not given.
  var value: String?
  /// Whether it is read or written.
  var side: Side

  /// Reads a member of the struct; nil for one that is no field.
  /// - Throws: ``DeclarationProblem``.
  init?(_ member: VariableDeclSyntax) throws(DeclarationProblem) {
    let input = member.attributes.named(Side.input.rawValue)
    let output = member.attributes.named(Side.output.rawValue)
    guard let binding = member.bindings.first else { return nil }
    let name = binding.pattern.trimmedDescription
    guard let attribute = input ?? output else {
      try Self.checkOther(member, binding, name)
      return nil
    }
    if input != nil, output != nil { throw .bothSides(name) }
    guard member.bindings.count == 1 else { throw .severalProperties }
    let isShared = member.modifiers.contains {
      ["static", "class", "lazy"].contains($0.name.text)
    }
    if isShared { throw .shared(name) }
    if binding.accessorBlock != nil { throw .computed(name) }
    guard member.bindingSpecifier.text == "var" else { throw .constant(name) }
    guard let type = binding.typeAnnotation?.type else { throw .noType(name) }
    try Self.check(type, of: name)
    side = input == nil ? .output : .input
    value = binding.initializer?.value.trimmedDescription
    if side == .output, value != nil { throw .outputDefault(name) }
    self.name = name
    self.type = type.trimmedDescription
    let bare = name.filter { $0 != "`" }
    field = try attribute.text(of: "named") ?? bare.wordsWithUnderscores
    description = try attribute.text(of: nil) ?? member.leadingTrivia.documentation
  }

  /// A property without mark must be able to be without a field's value.
  private static func checkOther(
    _ member: VariableDeclSyntax, _ binding: PatternBindingSyntax, _ name: String
  ) throws(DeclarationProblem) {
    let isStatic = member.modifiers.contains { ["static", "class"].contains($0.name.text) }
    let hasValue = member.bindings.allSatisfy {
      $0.initializer != nil || $0.accessorBlock != nil
    }
    if !isStatic, !hasValue { throw .noAttribute(name) }
  }

  private static func check(
    _ type: TypeSyntax, of name: String
  ) throws(DeclarationProblem) {
    let reason: String
    switch type.kind {
    case .optionalType, .implicitlyUnwrappedOptionalType:
      reason = "every field has a value; use a text that may say `none`, or a label for it"
    case .functionType: reason = "a function cannot be written as text"
    case .tupleType: reason = "use a struct that is Codable"
    case .someOrAnyType: reason = "write the type itself"
    default: return
    }
    throw .unsupportedType(name, type: type.trimmedDescription, reason: reason)
  }
}

extension AttributeSyntax {
  /// The text of an argument by its label; nil when it is not given.
  /// - Throws: ``DeclarationProblem`` when it is not a plain literal.
  fileprivate func text(of label: String?) throws(DeclarationProblem) -> String? {
    guard case .argumentList(let list) = arguments else { return nil }
    guard let argument = list.first(where: { $0.label?.text == label }) else { return nil }
    let literal = argument.expression.as(StringLiteralExprSyntax.self)
    guard let text = literal?.representedLiteralValue else {
      throw .notALiteral(label.map { "`\($0):`" } ?? "the description")
    }
    return text
  }
}

extension String {
  /// `finalAnswer` as `final_answer`.
  var wordsWithUnderscores: String {
    var text = ""
    var previous: Character?
    for character in self {
      if character.isUppercase, let previous, !previous.isUppercase, previous != "_" {
        text += "_"
      }
      text += character.lowercased()
      previous = character
    }
    return text
  }
}
