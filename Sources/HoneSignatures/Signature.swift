// SPDX-License-Identifier: Apache-2.0

@_exported import HonePrograms

/// Makes a struct a signature: what a stage reads and writes, with types that Swift checks.
///
/// The documentation comment is the instruction to start from.
/// ```swift
/// /// Answer the question from the context.
/// @Signature struct Answer {
///   @Input var context: String
///   @Input var question: String
///   @Output("in at most five words") var answer: String
/// }
/// let answer = Predict<Answer>()
/// let result = try await answer(.init(context: text, question: "Who?"), from: model)
/// let name = result.answer
/// ```
/// A field is a text, a number, a `Bool`, an enum of labels (`enum Topic: String, CaseIterable`), a
/// list of these, or any type that is `Codable`, which the model writes as JSON. The last output is the
/// stage's answer. The struct becomes a ``DeclaredSignature`` with a nested type `Inputs`.
@attached(
  extension, conformances: DeclaredSignature,
  names: named(Inputs), named(declaration), named(texts(of:)), named(init(inputs:outputs:)),
  named(inputs), named(outputTexts()))
public macro Signature() =
  #externalMacro(module: "HoneMacros", type: "SignatureMacro")

/// Marks a property that the stage reads; a value given to it is taken where none is given.
///
/// - Parameters:
///   - description: What it holds, told to the model; else its documentation comment.
///   - named: The field's name; else the property's, `finalAnswer` as `final_answer`.
@attached(peer)
public macro Input(_ description: String = "", named: String = "") =
  #externalMacro(module: "HoneMacros", type: "FieldMacro")

/// Marks a property that the stage writes.
///
/// - Parameters:
///   - description: What it must be, told to the model; else its documentation comment.
///   - named: The field's name; else the property's, `finalAnswer` as `final_answer`.
@attached(peer)
public macro Output(_ description: String = "", named: String = "") =
  #externalMacro(module: "HoneMacros", type: "FieldMacro")
