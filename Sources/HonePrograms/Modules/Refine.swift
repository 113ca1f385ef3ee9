// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Attempts an answer, judges it by a reward, and attempts again with advice, until it is good enough.
///
/// The reward is a function in Swift, such as a test of the answer; what it says of an attempt, and the
/// attempt, are shown to a stage that writes advice for the next one. The best attempt is the answer.
/// After Madaan et al., "Self-Refine: Iterative Refinement with Self-Feedback", arXiv:2303.17651, and
/// DSPy's Refine. Cost in model calls: at most `2 × attempts - 1` an example, times the retries of the
/// stages.
public struct Refine: ProgramBody {
  /// Judges the outputs of an attempt; the remark is what the model is told.
  public typealias Reward =
    @Sendable (_ inputs: [String: String], _ outputs: [String: String]) -> Score

  /// The most attempts.
  public var attempts: Int
  /// The least reward that is good enough.
  public var threshold: Double
  private let reward: Reward

  /// The name of the stage that advises.
  public static let advisingStage = "advise"
  /// The name of the stage that answers.
  public static let answeringStage = "answer"
  private static let none = "none so far"

  /// Creates the body for ``program(inputs:answer:instruction:module:format:)``.
  public init(attempts: Int = 3, threshold: Double = 1, reward: @escaping Reward) {
    self.attempts = attempts
    self.threshold = threshold
    self.reward = reward
  }

  /// The program of the two stages.
  ///
  /// - Parameters:
  ///   - inputs: What the example gives, such as `question`.
  ///   - answer: The answer as in a signature, such as `answer: number`.
  ///   - instruction: What is to be done.
  ///   - module: Whether an attempt reasons first.
  ///   - format: How fields are written.
  /// - Returns: The program, with the bound of its calls.
  /// - Throws: ``SignatureProblem``.
  public func program(
    inputs: String, answer: String, instruction: String, module: StageModule = .predict,
    format: ReplyFormat = .fields
  ) throws -> Program {
    let advising = try Stage(
      Self.advisingStage, "\(inputs), attempt, remark -> advice",
      instruction:
        "An answer to this task was not good enough: \(instruction) Say in a sentence or "
        + "two what to do otherwise, without giving the answer.", format: format)
    let answering = try Stage(
      Self.answeringStage, "\(inputs), advice -> \(answer)", instruction: instruction,
      module: module, format: format)
    let count = max(1, attempts)
    return Program(
      stages: [advising, answering],
      mostCalls: count * answering.mostCalls + (count - 1) * advising.mostCalls)
  }

  /// Attempts until the reward is reached or no attempt is left; of equally good ones the first.
  ///
  /// An attempt that cannot be read counts as one; the example fails when none could be.
  public func run(
    _ inputs: [String: String], in run: ProgramRun
  ) async throws -> [String: String] {
    var values = inputs
    values["advice"] = Self.none
    var best: (outputs: [String: String], value: Double)?
    var failure: StageFailure?
    for number in 1...max(1, attempts) {
      var remark = "it could not be read"
      var attempt: [String: String] = [:]
      do throws(StageFailure) {
        attempt = try await self.attempt(values, in: run)
        let score = reward(inputs, attempt)
        if score.value > best?.value ?? -.infinity { best = (attempt, score.value) }
        if score.value >= threshold { break }
        remark = score.feedback ?? "its reward is \(score.value), asked for is \(threshold)"
      } catch {
        guard case .unreadable = error else { throw error }
        failure = error
      }
      guard number < attempts else { break }
      values["advice"] = try await advice(inputs, attempt, remark, in: run)
    }
    if let best { return values.merging(best.outputs) { $1 } }
    throw failure
      ?? .failed(
        stage: Self.answeringStage, ModelError(.engine, "no attempt has a reward"))
  }

  private func attempt(
    _ values: [String: String], in run: ProgramRun
  ) async throws(StageFailure) -> [String: String] {
    do {
      return try await run.call(Self.answeringStage, values)
    } catch let failure as StageFailure {
      throw failure
    } catch {
      throw .failed(stage: Self.answeringStage, ModelError(.engine, "\(error)"))
    }
  }

  /// What the model advises; the remark itself where that cannot be read.
  private func advice(
    _ inputs: [String: String], _ attempt: [String: String], _ remark: String, in run: ProgramRun
  ) async throws -> String {
    var values = inputs
    values["remark"] = remark
    let lines = attempt.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    values["attempt"] = lines.isEmpty ? "nothing that can be read" : lines.joined(separator: "\n")
    do {
      return try await run.call(Self.advisingStage, values)["advice"] ?? remark
    } catch let failure as StageFailure {
      if case .unreadable = failure { return remark }
      throw failure
    }
  }
}
