// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

/// What is wrong with a declared signature, and how to write it.
enum DeclarationProblem: DiagnosticMessage, Error, Hashable {
  case notAStruct(String)
  case generic(String)
  case noInput(String)
  case noOutput(String)
  case bothSides(String)
  case noAttribute(String)
  case notAProperty(String)
  case severalProperties
  case noType(String)
  case constant(String)
  case computed(String)
  case shared(String)
  case outputDefault(String)
  case unsupportedType(String, type: String, reason: String)
  case repeated(field: String)
  case reserved(String)
  case notALiteral(String)
  case outside(String)

  var severity: DiagnosticSeverity { .error }

  var diagnosticID: MessageID {
    MessageID(domain: "HoneMacros", id: String("\(self)".prefix { $0 != "(" }))
  }

  var message: String {
    switch self {
    case .notAStruct(let kind):
      "@Signature needs a struct, and this is \(kind)"
    case .generic(let name):
      "the signature \(name) must not be generic; write the types of its fields"
    case .noInput(let name):
      "the signature \(name) reads nothing; mark at least one property with @Input"
    case .noOutput(let name):
      "the signature \(name) writes nothing; mark at least one property with @Output"
    case .bothSides(let name):
      "\(name) cannot be @Input and @Output; keep one of the two"
    case .noAttribute(let name):
      "mark \(name) with @Input or @Output, or give it a value of its own"
    case .notAProperty(let attribute):
      "@\(attribute) belongs before a property, such as `@\(attribute) var question: String`"
    case .severalProperties:
      "write each field as a property of its own: one name after @Input or @Output"
    case .noType(let name):
      "write the type of \(name), such as `var \(name): String`"
    case .constant(let name):
      "\(name) must be `var`, not `let`, since it is filled from texts"
    case .computed(let name):
      "\(name) must be a plain stored property, without get, set or observers"
    case .shared(let name):
      "\(name) must be a property of the value, not `static` or `lazy`"
    case .outputDefault(let name):
      "\(name) must not have a value, since the model writes it"
    case .unsupportedType(let name, let type, let reason):
      "\(name) cannot be of the type \(type): \(reason)"
    case .repeated(let field):
      "two properties make the field \"\(field)\"; name one of them with `named:`"
    case .reserved(let name):
      "\(name) is a name that the macro gives; call the property something else"
    case .notALiteral(let argument):
      "\(argument) must be a plain text in quotes"
    case .outside(let attribute):
      "@\(attribute) has a meaning only in a struct with @Signature"
    }
  }
}

extension MacroExpansionContext {
  /// Reports a problem at a place.
  func report(_ problem: DeclarationProblem, at node: some SyntaxProtocol) {
    diagnose(Diagnostic(node: node, message: problem))
  }
}
