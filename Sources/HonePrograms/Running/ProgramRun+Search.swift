// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension ProgramRun {
  /// Finds passages for a query, in a program with control flow of its own.
  ///
  /// Costs an embedder call where the index compares vectors; it goes out with the calls of the other
  /// examples and is recorded like them.
  /// - Throws: ``StageFailure`` under the name of `stage` when the query has no vector.
  public func search(
    _ index: any PassageSearch, _ query: String, count: Int, in stage: String
  ) async throws -> [PassageHit] {
    guard index.needsVector else { return index.search(query, vector: nil, count: count) }
    guard query.contains(where: { !$0.isWhitespace }) else { return [] }
    switch try await gate.vectors(of: [query], example: example).first {
    case .success(let vector)?: return index.search(query, vector: vector, count: count)
    case .failure(let error)?: throw StageFailure.failed(stage: stage, error)
    case nil:
      throw StageFailure.failed(
        stage: stage, ModelError(.engine, "the embedder gave no vector for the query"))
    }
  }

  /// What a stage that retrieves writes: the passages found for its inputs, one a line.
  func found(
    by stage: Stage, _ retrieval: StageRetrieval, _ values: [String: String]
  ) async throws -> [String: String] {
    guard let index = batch.indexes[stage.name] else {
      throw ProgramMistake.noIndex(stage: stage.name)
    }
    let inputs = values.filter { stage.inputs.contains($0.key) }
    let query = stage.inputs.compactMap { inputs[$0] }.joined(separator: "\n")
    let hits = try await search(index, query, count: retrieval.count, in: stage.name)
    let text =
      hits.isEmpty
      ? "nothing was found" : hits.map { "- " + $0.passage.text }.joined(separator: "\n")
    let outputs = [stage.output: text]
    keep(stage, inputs, outputs)
    return outputs
  }
}
