// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneRuns
import HoneTesting
import Synchronization

/// A run of a program of two stages whose every request is written down, in the order it was sent.
///
/// Rows are 1 to 6 for training, 7 to 10 for dev and 11 for the test. A colour is told rightly when the
/// row's number is even, or when two demonstrations are shown, or when the instruction says "by fours";
/// row 10 is never told rightly, so that no search ends early. The optimizer model writes `Way 1`,
/// `Way 2` and so on, every third with "by fours".
///
/// A request to the task model is a line: the stage, its instruction, the demonstrations as the row's
/// number and what was answered, with a question mark where they do not know the kind, and the row.
final class GoldenScript: Sendable {
  private let written = Mutex(0)
  private let log = Mutex([String]())

  /// Runs an optimizer and gives the requests, one block each.
  func requests(of optimizer: any Optimizer) async throws -> String {
    let model = ScriptedModel { request throws(ModelError) in self.answer(request) }
    let folder = try TemporaryFolder()
    let record = try await ScriptedRun.perform(
      try TwoStageTask.loaded(train: 6, dev: 4, test: 1), optimizer: optimizer,
      models: ModelSet(task: model), in: folder.url)
    let result = record.result
    let scores =
      "seed \(Self.shown(result?.seedDevScore)), best \(Self.shown(result?.bestDevScore))"
    return log.withLock { $0 }.joined(separator: "\n") + "\n\(scores) on dev, by the move: "
      + (result?.best.lineage.move ?? "none")
  }

  private static func shown(_ score: Double?) -> String { score.map { "\($0)" } ?? "none" }

  private func answer(_ request: GenerationRequest) -> String {
    let text = request.promptText
    guard case .chat(let messages) = request.input, messages.first?.role == .system else {
      log.withLock { $0.append(Self.asked(request)) }
      guard text.contains("<new_prompt>") else { return "Things with numbers, each of a colour." }
      let number = written.withLock { count in
        count += 1
        return count
      }
      return "<new_prompt>Way \(number)\(number % 3 == 0 ? ", by fours" : "").</new_prompt>"
    }
    let head = messages[0].content
    let instruction = head.split(separator: "\n").first.map(String.init) ?? ""
    let last = messages.last?.content ?? ""
    let isColour = last.contains("Kind:")
    let number = Self.number(in: last)
    var known: [String] = []
    for (question, answer) in zip(messages, messages.dropFirst()) where answer.role == .assistant {
      let lacksKind = isColour && !question.content.contains("Kind:")
      known.append(
        "\(Self.number(in: question.content))\(lacksKind ? "?" : "")>"
          + (answer.content.split(separator: " ").last ?? ""))
    }
    log.withLock {
      $0.append(
        "\(isColour ? "colour" : "kind") \"\(instruction)\" [\(known.joined(separator: " "))] "
          + "\(number)")
    }
    guard isColour else { return "Kind: kind of \(number)" }
    let shown = messages.count { $0.role == .assistant }
    let knows = number % 2 == 0 || shown >= 2 || head.contains("by fours")
    return "Colour: " + ((number % 4 < 2) == (knows && number != 10) ? "red" : "blue")
  }

  private static func number(in text: String) -> Int {
    Int(text.split { !$0.isNumber }.first ?? "") ?? 0
  }

  /// A request to the optimizer model in full.
  private static func asked(_ request: GenerationRequest) -> String {
    let head =
      "==== to the optimizer model, sample \(request.sampleIndex), temperature "
      + "\(request.temperature), at most \(request.maxTokens) tokens"
    let lines = request.promptText.split(separator: "\n", omittingEmptySubsequences: false)
    return ([head] + lines.map { $0.isEmpty ? "|" : "| \($0)" }).joined(separator: "\n")
  }
}
