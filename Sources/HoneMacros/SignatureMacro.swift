// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@Signature`: makes a struct of marked properties a declared signature.
struct SignatureMacro: ExtensionMacro {
  static func expansion(
    of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
    providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
    in context: some MacroExpansionContext
  ) throws -> [ExtensionDeclSyntax] {
    guard let structure = declaration.as(StructDeclSyntax.self) else {
      context.report(.notAStruct(kind(of: declaration)), at: node)
      return []
    }
    guard structure.genericParameterClause == nil else {
      context.report(.generic(structure.name.text), at: structure.name)
      return []
    }
    guard let properties = properties(of: structure, in: context) else { return [] }
    let expansion = SignatureExpansion(
      name: structure.name.text, type: type.trimmedDescription,
      instruction: declaration.leadingTrivia.documentation, access: access(of: structure),
      properties: properties)
    let text: DeclSyntax = "\(raw: expansion.text)"
    return text.as(ExtensionDeclSyntax.self).map { [$0] } ?? []
  }

  /// The marked properties, or nil when a problem was reported.
  private static func properties(
    of structure: StructDeclSyntax, in context: some MacroExpansionContext
  ) -> [DeclaredProperty]? {
    var found: [DeclaredProperty] = []
    var isSound = true
    for member in structure.memberBlock.members {
      guard let variable = member.decl.as(VariableDeclSyntax.self) else { continue }
      do throws(DeclarationProblem) {
        guard let property = try DeclaredProperty(variable) else { continue }
        if SignatureExpansion.reserved.contains(property.name) { throw .reserved(property.name) }
        if found.contains(where: { $0.field == property.field }) {
          throw .repeated(field: property.field)
        }
        found.append(property)
      } catch {
        context.report(error, at: variable)
        isSound = false
      }
    }
    guard isSound else { return nil }
    if !found.contains(where: { $0.side == .input }) {
      context.report(.noInput(structure.name.text), at: structure.name)
      isSound = false
    }
    if !found.contains(where: { $0.side == .output }) {
      context.report(.noOutput(structure.name.text), at: structure.name)
      isSound = false
    }
    return isSound ? found : nil
  }

  /// The modifier that the members need, with a space after it.
  private static func access(of structure: StructDeclSyntax) -> String {
    structure.modifiers.lazy.map(\.name.text).first { ["public", "package"].contains($0) }
      .map { $0 + " " } ?? ""
  }

  private static func kind(of declaration: some DeclGroupSyntax) -> String {
    switch declaration.kind {
    case .classDecl: "a class"
    case .enumDecl: "an enum"
    case .actorDecl: "an actor"
    case .protocolDecl: "a protocol"
    default: "an extension"
    }
  }
}
