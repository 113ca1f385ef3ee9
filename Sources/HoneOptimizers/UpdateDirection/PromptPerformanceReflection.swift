// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The current prompt with its score and a reason for its mistakes: the GPO paper's reflection.
///
/// The step's training rows are evaluated under the prompt; those that came out wrong are shown to
/// the optimizer model, which names one fault of the prompt, at temperature 0. Where no row is wrong
/// or the call fails there is no reflection, and a note says so. Batches go through the training rows
/// in their order, epoch by epoch.
///
/// Cost a step and starting prompt: the batch's rows × calls an example, and one optimizer call. Rows
/// that were answered before in the run are free.
public struct PromptPerformanceReflection: CurrentInformation {
  /// The most wrong rows shown, the worst first.
  public var mostRows: Int
  /// The most tokens of the reason.
  public var maxTokens: Int
  /// Whether the score is told too; without it this is the gradient of APO.
  public var showsScore: Bool

  /// Creates it.
  public init(mostRows: Int = 8, maxTokens: Int = 512, showsScore: Bool = true) {
    self.mostRows = mostRows
    self.maxTokens = maxTokens
    self.showsScore = showsScore
  }

  /// The batch and one optimizer call.
  public func mostCalls(batch: Int, facts: TaskFacts) -> Int {
    min(batch, facts.train) * facts.callsPerExample + 1
  }

  /// Evaluates the batch and asks for one fault.
  public func gather(
    on current: ScoredCandidate, batch: [Example], step: Int, in session: any OptimizationSession
  ) async throws -> CurrentPromptFacts {
    var facts = CurrentPromptFacts(
      instruction: current.instruction, score: showsScore ? current.score : nil)
    guard let prompt = current.candidate.prompt, !batch.isEmpty else { return facts }
    let evaluations = try await session.evaluate([EvaluationRequest(current.candidate, on: batch)])
    let wrong = evaluations.first.map { WrongRow.rows(of: $0, in: batch, under: prompt) } ?? []
    guard !wrong.isEmpty else {
      facts.note =
        "Step \(step): no training row of the batch was answered wrongly under \"\(facts.name)\", "
        + "so there is no reflection."
      return facts
    }
    let text = ReflectionRequest(
      task: session.task.description, instruction: current.instruction,
      rows: Array(wrong.prefix(mostRows)))
    let request = GenerationRequest(
      input: .chat([Message(.user, text.text)]), maxTokens: maxTokens)
    switch try await session.generate([request], as: .optimizer).first {
    case .success(let generation)?:
      let reason = generation.text.trimmed
      facts.reflection = reason.isEmpty ? nil : reason
      if reason.isEmpty { facts.note = "Step \(step): the optimizer model wrote no reflection." }
    case .failure(let error)?:
      facts.note = "Step \(step): the reflection failed (\(error.message))."
    case nil: break
    }
    return facts
  }
}

extension CurrentPromptFacts {
  /// The beginning of the prompt.
  fileprivate var name: String {
    instruction.count > 60 ? instruction.prefix(59) + "…" : instruction
  }
}

extension CurrentInformation where Self == PromptPerformanceReflection {
  /// The current prompt with its score and a reason for its mistakes.
  public static var reflection: PromptPerformanceReflection { PromptPerformanceReflection() }
}
