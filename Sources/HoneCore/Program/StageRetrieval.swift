// SPDX-License-Identifier: Apache-2.0

/// How a stage that asks no model finds passages for what it reads.
public struct StageRetrieval: Sendable, Hashable, Codable {
  /// What passages are compared by.
  public enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
    /// Words in common, the rare ones most.
    case words
    /// The vectors of an embedder.
    case meaning
    /// The ranks by both together.
    case both
  }

  /// The path of a file of JSON lines, or of a folder of such files.
  public var documents: String
  /// The member with a passage's text.
  public var field: String
  /// The member with a passage's name; nil for its file and line.
  public var id: String?
  /// What passages are compared by.
  public var by: Measure
  /// The most passages found.
  public var count: Int

  /// Creates a retrieval.
  public init(
    documents: String, field: String = "text", id: String? = nil, by: Measure = .words,
    count: Int = 3
  ) {
    self.documents = documents
    self.field = field
    self.id = id
    self.by = by
    self.count = count
  }
}

extension Stage {
  /// Creates a stage that finds passages for what it reads and asks no model.
  ///
  /// ```swift
  /// try Stage("find", "question -> facts", retrieving: StageRetrieval(documents: "notes"))
  /// ```
  /// - Throws: ``SignatureProblem``, also for more than one output.
  public init(_ name: String, _ signature: String, retrieving: StageRetrieval) throws {
    let fields = try Signature(signature)
    guard fields.outputs.count == 1, let output = fields.outputs.first, output.type == .text else {
      throw SignatureProblem.oneText(signature)
    }
    let lines = fields.inputs.map { "{\($0.name)}" }.joined(separator: "\n")
    self.init(
      name: name, inputs: fields.inputs.map(\.name), output: output.name,
      prompt: Prompt(instruction: "", question: try SlotTemplate(lines)))
    retrieval = retrieving
  }
}

extension Program {
  /// The stages that ask a model, whose prompts can be searched.
  public var askedStages: [Stage] { stages.filter { $0.retrieval == nil } }
}
