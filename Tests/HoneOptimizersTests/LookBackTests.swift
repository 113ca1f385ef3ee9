// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

/// What is looked back on beside the path of prompts, for a constructed history.
struct LookBackTests {
  private let task: PromptTask
  private var trajectory: Trajectory

  /// Four steps, of which the third found no fault.
  init() throws {
    task = try HoneOptimizersTests.task(instruction: "p0")
    trajectory = Trajectory(seed: scored("p0", 0.4, task: task))
    let faults: [String?] = ["fault a", "fault b", nil, "fault c"]
    for (index, score) in [0.9, 0.2, 0.7, 0.5].enumerated() {
      let parent = try #require(trajectory.current)
      let winner = scored("p\(index + 1)", score, task: task)
      let loser = scored("l\(index + 1)", score - 0.1, task: task)
      for entry in [winner, loser] { trajectory.append(evaluated: entry) }
      trajectory.append(
        finished: FinishedStep(
          step: index + 1, parents: [ReflectedPrompt(parent, reflection: faults[index])],
          scored: [winner, loser]))
      trajectory.move(to: winner)
    }
  }

  private func focus(_ reflection: String? = "fault b now") throws -> TrajectoryFocus {
    TrajectoryFocus(
      step: 5, current: try #require(trajectory.current), reflection: reflection)
  }

  @Test(
    "Momentum over reflections shows the right ones in order, never the step's own",
    arguments: [
      (TrajectoryCase(selection: .recency(2, of: .reflections)), ["fault b", "fault c"]),
      (
        TrajectoryCase(selection: .recency(9, of: .reflections)), ["fault a", "fault b", "fault c"]
      ),
      // They were found on prompts that score 40, 90 and 70.
      (TrajectoryCase(selection: .importance(2, of: .reflections)), ["fault c", "fault b"]),
      (TrajectoryCase(selection: .relevance(2, of: .reflections)), ["fault c", "fault b"]),
    ])
  func reflections(item: TrajectoryCase, expected: [String]) async throws {
    var trajectory = trajectory
    let session = LandscapeSession(
      task: task,
      vector: { text in ["a", "b", "c"].map { text.hasPrefix("fault " + $0) ? 1 : 0.1 } },
      score: { _ in 0 })
    let excerpt = try await item.selection.excerpt(
      of: &trajectory, around: focus(), in: session)
    #expect(excerpt.reflections.map(\.reflection) == expected)
    #expect(excerpt.entries.isEmpty)
  }

  @Test("Relevance over reflections falls back to the newest when the step has none")
  func nothingToCompare() async throws {
    var trajectory = trajectory
    let session = LandscapeSession(task: task, vector: { _ in [1] }, score: { _ in 0 })
    let excerpt = try await RelevanceSelection(k: 1, of: .reflections).excerpt(
      of: &trajectory, around: focus(nil), in: session)
    #expect(excerpt.reflections.map(\.reflection) == ["fault c"])
    #expect(excerpt.order == "from the oldest to the newest")
    #expect(session.calls == 0)
  }

  @Test(
    "Importance over all prompts is the list of OPRO, best last, above its threshold",
    arguments: [(3, 0.0, ["p3", "l1", "p1"]), (20, 0.75, ["l1", "p1"])])
  func opro(k: Int, threshold: Double, expected: [String]) async throws {
    var trajectory = trajectory
    // What was scored on some rows is not shown beside what was scored on all.
    let seed = Candidate(seedOf: task.program)
    trajectory.append(
      evaluated: ScoredCandidate(
        seed.child(instruction: "guess", move: "test", step: 1), score: 1, isComplete: false))
    let session = LandscapeSession(task: task, score: { _ in 0 })
    let excerpt = ImportanceSelection(k: k, of: .candidates, threshold: threshold).excerpt(
      of: &trajectory, around: try focus(), in: session)
    #expect(excerpt.entries.map(\.instruction) == expected)
    #expect(trajectory.best?.instruction == "p1")
  }

  @Test("In a beam the prompt that is to be changed is shown last, and a new winner joins the path")
  func beam() async throws {
    var trajectory = trajectory
    let other = scored("q", 0.95, task: task)
    let current = try #require(trajectory.current)
    trajectory.append(evaluated: other)
    trajectory.move(to: [other, current])
    #expect(trajectory.path.map(\.instruction) == ["p0", "p1", "p2", "p3", "p4", "q"])
    let session = LandscapeSession(task: task, score: { _ in 0 })
    let excerpt = RecencySelection(k: 2).excerpt(
      of: &trajectory, around: TrajectoryFocus(step: 5, current: current), in: session)
    #expect(excerpt.entries.map(\.instruction) == ["q", "p4"])
  }

  @Test("A beam keeps the best of old and new, and of equals the older")
  func beamRule() throws {
    var trajectory = trajectory
    let step = [("x", 0.5), ("y", 0.8), ("z", 0.3)].map { scored($0.0, $0.1, task: task) }
    #expect(
      BeamOfBest(width: 2).choose(from: step, in: trajectory).map(\.instruction) == ["y", "p4"])
    trajectory.move(to: [step[1]])
    #expect(BeamOfBest(width: 1).choose(from: [step[0]], in: trajectory).isEmpty)
  }

  @Test("A summary that fails stays as it was, says so, and tells of the step later")
  func failedSummary() async throws {
    var trajectory = trajectory
    trajectory.summarize("all before")
    trajectory.append(
      finished: FinishedStep(
        step: 5, parents: [], scored: [scored("new", 0.6, task: task)]))
    let dead = LandscapeSession(task: task, score: { _ in 0 })
    let excerpt = try await SummaryTrajectory().excerpt(
      of: &trajectory, around: focus(), in: dead)
    #expect(excerpt.summary == "all before")
    #expect(excerpt.note?.contains("no optimizer model here") == true)
    let alive = LandscapeSession(
      task: task, write: { _ in reply(" merged ") }, score: { _ in 0 })
    #expect(
      try await SummaryTrajectory().excerpt(of: &trajectory, around: focus(), in: alive).summary
        == "merged")
    #expect(GridScript.text(of: try #require(alive.requests.first)).contains("Prompt: new"))
    // Nothing is new now, so nothing is asked.
    _ = try await SummaryTrajectory().excerpt(of: &trajectory, around: focus(), in: alive)
    #expect(alive.requests.count == 1)
  }
}
