// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The indexes of a program's stages that retrieve.
public enum OpenedIndexes {
  /// Opens the documents of each such stage, by the stage's name; each folder is read once.
  ///
  /// Vectors are kept beside the documents, see ``EmbeddingIndex/open(_:file:by:)``; making them is no
  /// part of a run's budget.
  /// - Throws: ``PassageFileProblem``, ``PassageIndexProblem``, and `ModelError` where a stage searches
  ///   by meaning and there is no embedder.
  public static func open(
    _ program: Program, embedder: (any EmbeddingModel)?
  ) async throws -> [String: any PassageSearch] {
    var opened: [StageRetrieval: any PassageSearch] = [:]
    var found: [String: any PassageSearch] = [:]
    for stage in program.stages {
      guard var retrieval = stage.retrieval else { continue }
      // How many are wanted does not change the index.
      retrieval.count = 0
      let index: any PassageSearch
      if let earlier = opened[retrieval] {
        index = earlier
      } else {
        index = try await open(retrieval, stage: stage.name, embedder: embedder)
      }
      opened[retrieval] = index
      found[stage.name] = index
    }
    return found
  }

  private static func open(
    _ retrieval: StageRetrieval, stage: String, embedder: (any EmbeddingModel)?
  ) async throws -> any PassageSearch {
    let folder = PassageFolder(
      URL(filePath: retrieval.documents), field: retrieval.field, id: retrieval.id)
    if retrieval.by == .words { return BM25Index(try folder.passages()) }
    guard let embedder else {
      throw ModelError(
        .unusableModel,
        "the stage \(stage) searches by meaning, and no model is set for the role embedder; "
          + "name one under models, or search by words")
    }
    let vectors = try await EmbeddingIndex.open(folder, by: embedder).index
    if retrieval.by == .meaning { return vectors }
    return RankFusion([BM25Index(vectors.passages), vectors])
  }
}
