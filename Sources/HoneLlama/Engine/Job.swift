// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A batch as it was handed to the engine.
struct Job: Sendable {
  /// What is to be done, and where results go.
  enum Work: Sendable {
    case generate([GenerationRequest], BatchStream<Generation>.Continuation)
    case likelihoods([LikelihoodRequest], BatchStream<Likelihoods>.Continuation)
    case embed([String], BatchStream<Embedding>.Continuation)
  }

  /// A number that is unique in the engine.
  var id: Int
  var work: Work
}

/// A batch whose paths are in the scheduler.
///
/// Belongs to the engine's thread.
protocol TreeJob: AnyObject {
  /// The paths that still run or wait.
  var openPaths: Set<Int> { get }
  /// Takes the model's output for one of the job's questions.
  func answer(_ probe: Probe, from row: OutputRow) -> PathVerdict
  /// Fails one path's request.
  func fail(path: Int, with error: ModelError)
  /// Tells the consumer that all is done.
  func finish()
}

/// What becomes of a path after an answer.
enum PathVerdict {
  /// It waits for the rest of its answers.
  case wait
  /// It goes on with a token.
  case proceed(Token)
  /// It is done.
  case end
}

/// One row of logits with what was already read from it.
///
/// Valid until the next decode step.
final class OutputRow {
  /// The logits, `[vocabulary]`.
  let logits: UnsafeBufferPointer<Float>
  /// The most likely token.
  private(set) lazy var best = Logits.best(of: logits)
  private lazy var logSum = Logits.logSum(of: logits)
  /// Memory of the row's own, where its logits were moved.
  private let moved: UnsafeMutableBufferPointer<Float>?

  /// Wraps the logits of the current step, moved by a number for each token where there are such.
  init(_ logits: UnsafeBufferPointer<Float>, movedBy bias: [Float]? = nil) {
    guard let bias, bias.count == logits.count else {
      self.logits = logits
      moved = nil
      return
    }
    let copy = UnsafeMutableBufferPointer<Float>.allocate(capacity: logits.count)
    for index in logits.indices {
      copy.initializeElement(at: index, to: logits[index] + bias[index])
    }
    moved = copy
    self.logits = UnsafeBufferPointer(copy)
  }

  deinit {
    moved?.deallocate()
  }

  /// A token's log-probability.
  func logProbability(of token: Token) -> Double {
    guard logits.indices.contains(Int(token)) else { return -.infinity }
    return Double(logits[Int(token)]) - logSum
  }
}
