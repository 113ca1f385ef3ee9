// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Answers a question from documents in several hops: each writes a query in the light of what was
/// found so far.
///
/// After Khattab et al., "Baleen: Robust Multi-Hop Reasoning at Scale via Condensed Retrieval",
/// arXiv:2101.00436. Cost in model calls: `hops + 1` an example, times the retries of the
/// stages, and an embedder call a hop where the index compares vectors.
public struct HoppingRetrieval: ProgramBody {
  /// The documents, found by words, by meaning or by both.
  public var index: any PassageSearch
  /// Queries for an example.
  public var hops: Int
  /// Passages found by a query.
  public var passages: Int

  /// The name of the stage that writes queries.
  public static let queryingStage = "query"
  /// The name of the stage that answers.
  public static let answeringStage = "answer"

  /// Creates the body for ``program(answer:format:)``.
  public init(index: any PassageSearch, hops: Int = 2, passages: Int = 2) {
    self.index = index
    self.hops = hops
    self.passages = passages
  }

  /// The program of the two stages, over an input `question`.
  ///
  /// - Parameters:
  ///   - answer: The answer as in a signature, such as `answer`.
  ///   - format: How fields are written.
  /// - Returns: The program, with the bound of its calls.
  /// - Throws: ``SignatureProblem``.
  public func program(answer: String = "answer", format: ReplyFormat = .fields) throws -> Program {
    let querying = try Stage(
      Self.queryingStage, "context, question -> query",
      instruction: "Write a short query that finds what is still missing to answer the question.",
      format: format)
    let answering = try Stage(
      Self.answeringStage, "context, question -> \(answer)",
      instruction: "Answer the question from the context, in few words.", format: format)
    let hop = querying.mostCalls + (index.needsVector ? 1 : 0)
    return Program(
      stages: [querying, answering], mostCalls: hops * hop + answering.mostCalls)
  }

  /// Hops and answers.
  ///
  /// A query that cannot be read is taken to be the question.
  public func run(
    _ inputs: [String: String], in run: ProgramRun
  ) async throws -> [String: String] {
    var values = inputs
    var found: [Passage] = []
    for _ in 0..<max(0, hops) {
      values["context"] = Self.text(found)
      let query = try await query(values, in: run) ?? inputs["question"] ?? ""
      for hit in try await run.search(index, query, count: passages, in: Self.queryingStage)
      where !found.contains(hit.passage) {
        found.append(hit.passage)
      }
    }
    values["context"] = Self.text(found)
    return values.merging(try await run.call(Self.answeringStage, values)) { $1 }
  }

  private func query(
    _ values: [String: String], in run: ProgramRun
  ) async throws -> String? {
    do {
      return try await run.call(Self.queryingStage, values)["query"]
    } catch let failure as StageFailure {
      if case .unreadable = failure { return nil }
      throw failure
    }
  }

  private static func text(_ passages: [Passage]) -> String {
    passages.isEmpty ? "nothing so far" : passages.map { "- " + $0.text }.joined(separator: "\n")
  }
}
