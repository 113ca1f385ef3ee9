// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Synchronization

/// A scripted optimizer model and task for three steps of two candidates each.
///
/// Every prompt has a known number of right answers in ten, so that scores, winners and wrong rows are
/// the same in every cell of the grid.
final class GridScript: Sendable {
  /// The prompts in the order they are written, with their right answers in ten.
  static let prompts: [(text: String, right: Int)] = [
    ("Is this review positive or negative?", 5),
    ("Name the feeling of the review.", 3),
    ("Say positive or negative after reading the whole review.", 7),
    ("Answer with one word.", 2),
    ("Weigh praise against blame and give the verdict.", 6),
    ("Judge the review as a whole: positive or negative?", 8),
  ]

  private let written = Mutex((prompts: 0, reflections: 0, summaries: 0))

  /// The session of a run.
  func session(calls: Int? = nil) throws -> LandscapeSession {
    LandscapeSession(
      task: try task(calls: calls, models: [.optimizer: "a-capable-model"]),
      train: Array(examples(24)), dev: Array(examples(10)), vector: Self.vector,
      write: { self.write($0) }, answer: Self.answer)
  }

  /// Proposals so far.
  var proposals: Int { written.withLock { $0.prompts } }
  /// Reflections and summaries so far.
  var others: (reflections: Int, summaries: Int) {
    written.withLock { ($0.reflections, $0.summaries) }
  }

  private func write(_ request: GenerationRequest) -> Result<Generation, ModelError> {
    let text = Self.text(of: request)
    if text.contains("<new_prompt>") {
      let index = written.withLock { counts in
        defer { counts.prompts += 1 }
        return counts.prompts
      }
      return reply("<new_prompt>\(Self.prompts[index % Self.prompts.count].text)</new_prompt>")
    }
    if text.contains("Name the one fault") {
      let number = written.withLock { counts in
        counts.reflections += 1
        return counts.reflections
      }
      return reply("Fault \(number): it does not say which of two answers to give.")
    }
    let number = written.withLock { counts in
      counts.summaries += 1
      return counts.summaries
    }
    return reply("Lesson \(number): prompts that name both answers score higher.")
  }

  /// The text of a chat request.
  static func text(of request: GenerationRequest) -> String {
    guard case .chat(let messages) = request.input else { return "" }
    return messages.first?.content ?? ""
  }

  @Sendable private static func answer(_ instruction: String, _ example: Example) -> String {
    let right = prompts.first { $0.text == instruction }?.right ?? 4
    let row = Int(example.id.drop { !$0.isNumber }) ?? 0
    let expected = example.references[0]
    if row % 10 < right { return expected }
    return expected == "positive" ? "negative" : "positive"
  }

  /// Texts that share words are near to each other.
  @Sendable private static func vector(_ text: String) -> [Float] {
    let words = ["review", "positive", "whole", "word", "feeling", "Fault", "1", "2", "3"]
    return words.map { text.contains($0) ? 1 : 0.1 }
  }
}

/// A cell of what a step is told.
struct DirectionCell: Sendable, Hashable, CustomStringConvertible {
  var direction: String
  var trajectory: String
  var momentum = "prompts"

  /// Every cell that does not contradict itself.
  static let all: [DirectionCell] = ["prompt", "performance", "reflection"].flatMap { direction in
    let prompts = ["none", "recency", "relevance", "importance", "summary"].map {
      DirectionCell(direction: direction, trajectory: $0)
    }
    guard direction == "reflection" else { return prompts }
    return prompts
      + prompts.dropFirst().map {
        DirectionCell(direction: direction, trajectory: $0.trajectory, momentum: "reflections")
      }
  }

  var description: String {
    momentum == "prompts"
      ? "\(direction)-\(trajectory)" : "\(direction)-\(trajectory)-of-reflections"
  }

  /// As the command line and a task file give it.
  var settings: [String: JSONValue] {
    var settings: [String: JSONValue] = [
      "direction": .string(direction), "trajectory": .string(trajectory),
    ]
    if trajectory != "none", momentum != "prompts" { settings["momentum"] = .string(momentum) }
    return settings
  }
}

/// A cell of how a prompt is changed.
struct MethodCell: Sendable, Hashable, CustomStringConvertible {
  var decay: String
  var warmup = 0.0
  var refinement: String

  /// Every cell.
  static let all: [MethodCell] = ["edit", "generate"].flatMap { refinement in
    [MethodCell(decay: "none", refinement: refinement)]
      + ["fixed", "linear", "cosine"].flatMap { decay in
        [0, 0.4].map { MethodCell(decay: decay, warmup: $0, refinement: refinement) }
      }
  }

  var description: String {
    "\(decay)\(warmup > 0 ? "-warmup" : "")-\(refinement)"
  }

  /// As the command line and a task file give it.
  var settings: [String: JSONValue] {
    var settings: [String: JSONValue] = [
      "decay": .string(decay), "refinement": .string(refinement),
    ]
    if warmup > 0 { settings["warmup"] = .number(warmup) }
    return settings
  }
}
