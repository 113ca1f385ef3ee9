// SPDX-License-Identifier: Apache-2.0

/// Something a program may do beside asking the model, such as looking a thing up.
///
/// A tool is a function of a text. It gives the same answer for the same text, or a run that is resumed
/// may differ from one that was not stopped.
public struct Tool: Sendable {
  /// The name the model calls it by.
  public var name: String
  /// What it does and what it is given, told to the model.
  public var description: String
  /// The time it may take.
  public var limit: Duration
  /// The most characters of its answer that the model is shown.
  public var outputLimit: Int
  /// What it waits for before its time begins; nil for nothing.
  var turns: Turns?
  private let work: @Sendable (String) async throws -> String

  /// Creates a tool.
  public init(
    _ name: String, _ description: String, limit: Duration = .seconds(10), outputLimit: Int = 2000,
    work: @escaping @Sendable (String) async throws -> String
  ) {
    self.name = name
    self.description = description
    self.limit = limit
    self.outputLimit = outputLimit
    self.work = work
  }

  /// What the tool answers, cut to ``outputLimit``; a failure in words after `error: `, since the model
  /// can go on from that.
  public func answer(_ input: String) async -> String {
    guard let turns else { return await answerInTime(input) }
    return await turns.take { await answerInTime(input) }
  }

  private func answerInTime(_ input: String) async -> String {
    do {
      let text = try await withThrowingTaskGroup(of: String?.self) { group in
        group.addTask { try await work(input) }
        group.addTask {
          try await Task.sleep(for: limit)
          return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
      }
      guard let text else { return "error: the tool took longer than \(limit)" }
      return text.count > outputLimit ? text.prefix(outputLimit) + "…" : text
    } catch {
      return "error: \(error)"
    }
  }
}
