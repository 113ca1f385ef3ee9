// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A body that is made of stages of its own, alone or as a part of a longer program.
public protocol StagedModule: ProgramBody {
  /// What the names of its stages begin with; empty where it is the whole program.
  var prefix: String { get set }

  /// Its stages, in the order they are first called; the last one writes the answer.
  ///
  /// - Parameters:
  ///   - inputs: What the example gives, such as `question`.
  ///   - answer: The answer as in a signature, such as `answer: number`.
  ///   - instruction: What is to be done.
  ///   - format: How fields are written.
  /// - Returns: The stages.
  /// - Throws: ``SignatureProblem``.
  func stages(
    inputs: String, answer: String, instruction: String, format: ReplyFormat
  ) throws -> [Stage]

  /// The most calls of one example by its stages, which may have been changed since they were made.
  func mostCalls(of stages: [Stage]) -> Int
}

extension StagedModule {
  /// The program that is made of this alone, with the bound of its calls.
  ///
  /// - Parameters:
  ///   - inputs: What the example gives, such as `question`.
  ///   - answer: The answer as in a signature, such as `answer: number`.
  ///   - instruction: What is to be done.
  ///   - format: How fields are written.
  /// - Returns: The program.
  /// - Throws: ``SignatureProblem``.
  public func program(
    inputs: String, answer: String, instruction: String, format: ReplyFormat = .fields
  ) throws -> Program {
    let stages = try stages(
      inputs: inputs, answer: answer, instruction: instruction, format: format)
    return Program(stages: stages, mostCalls: mostCalls(of: stages))
  }
}
