// SPDX-License-Identifier: Apache-2.0

/// A program's control flow: which stages are called for an example, with what, and in which order.
///
/// It is ordinary Swift. A call waits until every other example waits too or is done; then all calls
/// go out as one batch. So `if`, loops and early returns cost nothing in batching.
/// ```swift
/// struct Twice: ProgramBody {
///   func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String] {
///     let draft = try await run.call("draft", inputs)
///     return try await run.call("revise", inputs.merging(draft) { $1 })
///   }
/// }
/// ```
/// An implementation makes the calls of an example one after the other, holds no clock and no chance of
/// its own, and gives `Program.mostCalls` a bound when it may call a stage more than once. It may catch
/// ``StageFailure``; any other error it throws makes the example a failure.
public protocol ProgramBody: Sendable {
  /// Runs the program for one example and returns the last values, among them the answer.
  ///
  /// The answer is the value named by the output of the program's last stage.
  func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String]
}
