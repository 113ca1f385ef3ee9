// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Why a stage has no outputs for an example.
public enum StageFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// No reply could be read, the retries included.
  case unreadable(stage: String, ReplyProblem)
  /// The model refused.
  case refused(stage: String)
  /// The service's content filter kept the reply back.
  case filtered(stage: String)
  /// The model failed.
  case failed(stage: String, ModelError)

  /// The stage and the reason.
  public var description: String {
    switch self {
    case .unreadable(let stage, let problem): "the stage \(stage) gave no answer: \(problem)"
    case .refused(let stage): "the model refused in the stage \(stage)"
    case .filtered(let stage): "a content filter kept back the reply in the stage \(stage)"
    case .failed(let stage, let error): "the stage \(stage) failed: \(error)"
    }
  }

  /// What the example counts as.
  public var outcome: Outcome {
    switch self {
    case .unreadable: .unparsable
    case .refused: .refused
    case .filtered: .filtered
    case .failed(_, let error): .failed(error)
    }
  }
}

/// A program that cannot be run as it is written.
public enum ProgramMistake: Error, Sendable, Hashable, CustomStringConvertible {
  /// The body calls a stage that is not declared.
  case noStage(String, known: [String])
  /// A stage's input has no value.
  case noValue(stage: String, SlotTemplateError)
  /// A stage that retrieves has no index.
  case noIndex(stage: String)
  /// A candidate lacks a stage's prompt.
  case noPrompt(stage: String)

  /// What is wrong and what there is.
  public var description: String {
    switch self {
    case .noStage(let name, let known):
      "the program has no stage \"\(name)\"; there are \(known.joined(separator: ", "))"
    case .noValue(let stage, let error): "the stage \(stage) cannot be asked: \(error)"
    case .noIndex(let stage):
      "no documents were opened for the stage \(stage), which retrieves"
    case .noPrompt(let stage): "the candidate has no prompt for the stage \(stage)"
    }
  }
}
