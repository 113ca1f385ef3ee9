// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Sorts a text under one of many labels: infers words for it, retrieves the labels nearest to them,
/// and lets the model choose among those.
///
/// D'Oosterlinck et al., "In-Context Learning for Extreme Multi-Label Classification",
/// arXiv:2401.12178. Cost in model calls: two an example, times the retries of the stages.
public struct InferRetrieveRank: ProgramBody {
  /// The labels.
  public let labels: [String]
  /// Labels to choose among.
  public var shortlist: Int
  private let index: BM25Index

  /// The name of the stage that infers words.
  public static let inferringStage = "infer"
  /// The name of the stage that chooses.
  public static let rankingStage = "rank"

  /// Creates the body; `descriptions` say more of labels, for the search.
  public init(labels: [String], descriptions: [String: String] = [:], shortlist: Int = 5) {
    self.labels = labels
    self.shortlist = shortlist
    index = BM25Index(
      labels.map { .init(id: $0, text: $0 + " " + (descriptions[$0] ?? "")) })
  }

  /// The program of the two stages, over an input `text`.
  ///
  /// - Parameters:
  ///   - instruction: What the labels are.
  ///   - format: How fields are written.
  /// - Returns: The program.
  /// - Throws: ``SignatureProblem``.
  public func program(instruction: String, format: ReplyFormat = .fields) throws -> Program {
    Program(stages: [
      try Stage(
        Self.inferringStage, "text -> words",
        instruction: "\(instruction) Write some words that say what the text is about.",
        format: format),
      try Stage(
        Self.rankingStage, "text, options -> label",
        instruction: "\(instruction) Choose the option that fits the text best.", format: format),
    ])
  }

  /// Infers, retrieves and chooses; what the model names beside the options is read as the nearest of
  /// them.
  public func run(
    _ inputs: [String: String], in run: ProgramRun
  ) async throws -> [String: String] {
    var values = inputs
    values.merge(try await run.call(Self.inferringStage, values)) { $1 }
    let query = "\(values["words"] ?? "") \(inputs["text"] ?? "")"
    var options = index.search(query, count: shortlist).map(\.passage.id)
    for label in labels where options.count < shortlist && !options.contains(label) {
      options.append(label)
    }
    values["options"] = options.joined(separator: ", ")
    values.merge(try await run.call(Self.rankingStage, values)) { $1 }
    let chosen = values["label"] ?? ""
    values["label"] = FieldType.label(options).normalForm(of: chosen) ?? chosen
    return values
  }
}
