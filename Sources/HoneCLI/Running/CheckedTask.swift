// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneReport

/// What is said of a task file without a mistake.
struct CheckedTask: Sendable {
  let path: String
  let loaded: LoadedTask

  /// The most calls of the search and the final test; nil when the optimizer cannot be made.
  private var calls: Int? {
    let made = try? Catalog.make(loaded.task.optimizer, for: loaded.task.program)
    guard let optimizer = made else { return nil }
    let second = loaded.task.answer.finalTurn || loaded.task.metric.needsWorld ? 1 : 0
    let perExample = loaded.task.program.callsPerExample + second
    let facts = TaskFacts(
      train: loaded.splits.train.count, dev: loaded.splits.dev.count,
      callsPerExample: perExample, stages: loaded.task.program.askedStages.count)
    let full = optimizer.cost(of: facts).maximum + 2 * loaded.splits.test.count * perExample
    return loaded.task.budget.calls.map { min($0, full) } ?? full
  }

  func text(_ style: TerminalStyle) -> String {
    let task = loaded.task
    let splits = loaded.splits
    var lines = [
      style.good("✓ ") + style.bold(VisibleText.line(path)),
      "  \(splits.train.count) train, \(splits.dev.count) dev, \(splits.test.count) test rows; "
        + "answer: \(task.answer.kind.name); metric: \(Figures.name(of: task.metric))",
      "  optimizer: \(task.optimizer.name)"
        + (calls.map { ", at most \(Figures.count($0, "call", separator: " "))" } ?? "")
        + "; model: \(VisibleText.line(ModelOpening.name(of: .task, in: task)))",
    ]
    lines += loaded.warnings.map { style.bold("  note: ") + VisibleText.line($0) }
    return lines.joined(separator: "\n")
  }

  var json: String {
    JSONLine.text([
      "file": .string(path), "ok": .bool(true), "name": .string(loaded.task.name),
      "train": .number(Double(loaded.splits.train.count)),
      "dev": .number(Double(loaded.splits.dev.count)),
      "test": .number(Double(loaded.splits.test.count)),
      "answer": .string(loaded.task.answer.kind.name),
      "metric": .string(Figures.name(of: loaded.task.metric)),
      "optimizer": .string(loaded.task.optimizer.name),
      "maximumCalls": calls.map { .number(Double($0)) } ?? .null,
      "warnings": .array(loaded.warnings.map { .string($0) }),
    ])
  }
}
