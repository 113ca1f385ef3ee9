// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax
import SwiftSyntaxMacros

/// `@Input` and `@Output`: marks that `@Signature` reads; by themselves they add nothing.
struct FieldMacro: PeerMacro {
  static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    let name = node.attributeName.trimmedDescription
    guard declaration.is(VariableDeclSyntax.self) else {
      context.report(.notAProperty(name), at: node)
      return []
    }
    let isDeclared =
      context.lexicalContext.first?.asProtocol((any WithAttributesSyntax).self)?
      .attributes.named("Signature") != nil
    if !isDeclared { context.report(.outside(name), at: node) }
    return []
  }
}

extension AttributeListSyntax {
  /// The first attribute of a name, with or without its module.
  func named(_ name: String) -> AttributeSyntax? {
    lazy.compactMap { $0.as(AttributeSyntax.self) }.first { attribute in
      attribute.attributeName.trimmedDescription.split(separator: ".").last.map(String.init)
        == name
    }
  }
}
