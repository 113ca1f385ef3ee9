// SPDX-License-Identifier: Apache-2.0

import SwiftCompilerPlugin
import SwiftSyntaxMacros

/// The macros that the compiler loads.
@main
struct HoneMacrosPlugin: CompilerPlugin {
  let providingMacros: [any Macro.Type] = [SignatureMacro.self, FieldMacro.self]
}
