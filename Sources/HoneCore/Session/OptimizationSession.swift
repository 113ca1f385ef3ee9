// SPDX-License-Identifier: Apache-2.0

/// The one door between an optimizer and the world.
///
/// Every call is looked up in the run's journal before it is made and recorded after, so an
/// optimizer that draws all its chance from ``random(_:)`` and all its facts from here can be killed
/// at any moment and resumed to the same result. An optimizer asks for many evaluations at once and
/// never loops over single calls.
///
/// Every method throws ``BudgetExhausted`` when a limit is reached (what had been answered is
/// recorded), `CancellationError` when the run is cancelled, and `ModelError` of kind
/// `unusableModel` when a model cannot be used at all.
public protocol OptimizationSession: Sendable {
  /// The task without its rows.
  var task: PromptTask { get }
  /// The rows to learn from.
  var train: [Example] { get }
  /// The rows to compare candidates on.
  var dev: [Example] { get }

  /// A generator of the run's seed for a named stream.
  func random(_ stream: String) -> SeededGenerator

  /// What may still be used, by limit.
  func remaining() async -> Budget

  /// Evaluates candidates on examples, all in one batch.
  ///
  /// Costs one task call for each pair not evaluated before in this run. Evaluations come back in the
  /// order asked for.
  func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation]

  /// Generates texts in a role; one result a request, in order.
  func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>]

  /// Scores continuations with the model of a role; one result a request, in order.
  func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>]

  /// Embeds texts with the embedder; one result a text, in order.
  func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>]

  /// Records what the optimizer did, for the live view, the report and the journal.
  ///
  /// Call it with ``RunEvent/stepFinished(step:of:current:best:bestScore:)`` at the end of each step:
  /// a user's wish to stop is granted there, by throwing ``RunInterrupted``.
  func record(_ event: RunEvent) async throws
}

/// A candidate to evaluate and the examples to evaluate it on.
public struct EvaluationRequest: Sendable, Hashable {
  /// The candidate.
  public var candidate: Candidate
  /// The examples, from train or dev.
  public var examples: [Example]

  /// Creates a request.
  public init(_ candidate: Candidate, on examples: [Example]) {
    self.candidate = candidate
    self.examples = examples
  }
}

/// The user asked to stop; the run is saved at a step's end and can be resumed.
public struct RunInterrupted: Error, Sendable, Hashable {
  /// Creates the error.
  public init() {}
}
