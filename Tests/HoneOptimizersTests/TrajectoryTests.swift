// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct TrajectoryTests {
  private func trajectory() throws -> (Trajectory, PromptTask) {
    let task = try task(instruction: "p0")
    var trajectory = Trajectory(seed: scored("p0", 0.4, task: task))
    for (index, score) in [0.9, 0.2, 0.9, 0.5].enumerated() {
      trajectory.move(to: scored("p\(index + 1)", score, task: task))
    }
    return (trajectory, task)
  }

  @Test(
    "Each selection shows the right prompts in its order",
    arguments: [
      (TrajectoryCase(selection: .none), []),
      (TrajectoryCase(selection: .recency(3)), ["p2", "p3", "p4"]),
      (TrajectoryCase(selection: .recency(9)), ["p0", "p1", "p2", "p3", "p4"]),
      (TrajectoryCase(selection: .importance(3)), ["p4", "p3", "p1"]),
      // Vectors turn with the number; p0 is given the direction of p4.
      (TrajectoryCase(selection: .relevance(3)), ["p3", "p0", "p4"]),
      (TrajectoryCase(selection: .relevance(1)), ["p4"]),
    ])
  func selections(item: TrajectoryCase, expected: [String]) async throws {
    var (trajectory, task) = try trajectory()
    let session = LandscapeSession(
      task: task, vector: { text in text == "p0" ? [0, 0, 0, 0.1, 1] : unit(text) },
      score: { _ in 0 })
    let excerpt = try await item.selection.excerpt(
      of: &trajectory, around: try focus(on: trajectory), in: session)
    #expect(excerpt.entries.map(\.instruction) == expected)
    #expect(excerpt.note == nil)
  }

  private func focus(on trajectory: Trajectory) throws -> TrajectoryFocus {
    TrajectoryFocus(step: 1, current: try #require(trajectory.path.last))
  }

  @Test("Relevance embeds no prompt twice")
  func embedsOnce() async throws {
    var (trajectory, task) = try trajectory()
    let session = LandscapeSession(task: task, vector: unit, score: { _ in 0 })
    _ = try await RelevanceSelection(k: 3).excerpt(
      of: &trajectory, around: try focus(on: trajectory), in: session)
    #expect(session.calls == 5)
    trajectory.move(to: scored("p3", 0.9, task: task))
    _ = try await RelevanceSelection(k: 3).excerpt(
      of: &trajectory, around: try focus(on: trajectory), in: session)
    #expect(session.calls == 5)
  }

  @Test("Relevance without an embedder shows the most recent prompts and says so")
  func fallback() async throws {
    var (trajectory, task) = try trajectory()
    let session = LandscapeSession(task: task, score: { _ in 0 })
    let excerpt = try await RelevanceSelection(k: 2).excerpt(
      of: &trajectory, around: try focus(on: trajectory), in: session)
    #expect(excerpt.entries.map(\.instruction) == ["p3", "p4"])
    #expect(excerpt.note?.contains("no model is set for the embedder") == true)
  }

  @Test("The best is the oldest of equals")
  func best() throws {
    let task = try task(instruction: "p0")
    var trajectory = Trajectory(seed: scored("p0", 0.4, task: task))
    for (text, score) in [("a", 0.7), ("b", 0.7), ("c", 0.1)] {
      trajectory.append(evaluated: scored(text, score, task: task))
    }
    #expect(trajectory.best?.instruction == "a")
  }

  @Test("The paper's next prompt never won before; the best so far may stay")
  func nextPrompt() throws {
    let task = try task(instruction: "p0")
    let step = [("a", 0.3), ("p0", 0.9), ("b", 0.3)].map { scored($0.0, $0.1, task: task) }
    var trajectory = Trajectory(seed: scored("p0", 0.9, task: task))
    for entry in step { trajectory.append(evaluated: entry) }
    #expect(BestThatNeverWon().choose(from: step, in: trajectory).map(\.instruction) == ["a"])
    #expect(BestThatNeverWon().choose(from: [step[1]], in: trajectory).isEmpty)
    #expect(BestSoFar().choose(from: step, in: trajectory).isEmpty)
    trajectory.append(evaluated: scored("c", 0.95, task: task))
    #expect(BestSoFar().choose(from: step, in: trajectory).map(\.instruction) == ["c"])
  }

  @Test(
    "A plateau is a number of steps without a better prompt",
    arguments: [
      ([0.5], 1, false), ([0.5, 0.5], 1, true), ([0.5, 0.6], 1, false),
      ([0.5, 0.6, 0.6, 0.6], 2, true), ([0.5, 0.6, 0.6, 0.7], 2, false),
      ([0.5, 0.6, 0.6], 2, false),
    ] as [([Double], Int, Bool)])
  func plateau(scores: [Double], patience: Int, isReached: Bool) {
    #expect(PlateauRule(patience: patience).isReached(bestScores: scores) == isReached)
    #expect(!PlateauRule(patience: nil).isReached(bestScores: scores))
  }
}

/// A selection as a test argument.
struct TrajectoryCase: Sendable, CustomTestStringConvertible {
  var selection: any TrajectorySelection

  var testDescription: String { "\(type(of: selection))" }
}

/// A vector that points from axis to axis with the number in a text.
@Sendable private func unit(_ text: String) -> [Float] {
  let number = text.last?.wholeNumberValue ?? 0
  return (0..<5).map { axis in
    switch axis - number {
    case 0: 0.8
    case 1, -1: 0.6 / 2
    default: 0
    }
  }
}
