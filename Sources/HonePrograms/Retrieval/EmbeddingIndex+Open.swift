// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What was done to bring an index of vectors up to date.
public struct IndexUpdate: Sendable, Hashable {
  /// Passages whose vectors were there.
  public var kept = 0
  /// Passages that were embedded: new ones, changed ones, or all where the embedder is another.
  public var embedded = 0
  /// Vectors of texts that are gone, which were removed.
  public var removed = 0
  /// Why an earlier file was put aside; nil when it was whole or there was none.
  public var damage: PassageIndexProblem?
}

extension EmbeddingIndex {
  /// Where the vectors of a file or folder are kept by default: beside it, hidden.
  public static func place(for documents: URL) -> URL {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(
      atPath: documents.path(percentEncoded: false), isDirectory: &isFolder)
    if exists, isFolder.boolValue { return documents.appending(path: ".hone-index") }
    return documents.deletingLastPathComponent()
      .appending(path: ".\(documents.lastPathComponent).hone-index")
  }

  /// Opens the index of passages on disk, embedding only those whose text it does not know.
  ///
  /// Each vector is known by the hash of its text, so a row that changed or is new is embedded, and a
  /// row that moved is not. A damaged file, or one of another embedder, is made anew. The file is
  /// written only when something changed.
  /// - Parameters:
  ///   - documents: The passages.
  ///   - file: Where the vectors are kept; ``place(for:)`` when nil.
  ///   - embedder: Makes the vectors.
  /// - Returns: The index and what was done.
  /// - Throws: ``PassageFileProblem``, ``PassageIndexProblem`` and what ends the embedder.
  public static func open(
    _ documents: PassageFolder, file: URL? = nil, by embedder: any EmbeddingModel
  ) async throws -> (index: EmbeddingIndex, update: IndexUpdate) {
    let passages = try documents.passages()
    let file = file ?? place(for: documents.location)
    var update = IndexUpdate()
    var known: [Data: [Float]] = [:]
    do throws(PassageIndexProblem) {
      if let stored = try VectorFile.load(file), stored.model == embedder.identity.digest {
        known = stored.vectors
      }
    } catch {
      update.damage = error
    }
    let keys = passages.map { VectorFile.key(of: $0.text) }
    var missing: [Data: Passage] = [:]
    var order: [Data] = []
    for (key, passage) in zip(keys, passages) where known[key] == nil && missing[key] == nil {
      missing[key] = passage
      order.append(key)
    }
    let made = try await vectors(of: order.compactMap { missing[$0] }, by: embedder)
    var vectors = known.filter { Set(keys).contains($0.key) }
    update.removed = known.count - vectors.count
    for (key, vector) in zip(order, made) { vectors[key] = vector }
    update.kept = keys.count { known[$0] != nil }
    update.embedded = keys.count - update.kept
    if !made.isEmpty || update.removed > 0 || update.damage != nil {
      try VectorFile(model: embedder.identity.digest, vectors: vectors).write(to: file)
    }
    return (EmbeddingIndex(passages, vectors: keys.map { vectors[$0] ?? [] }), update)
  }

  private static func vectors(
    of passages: [Passage], by embedder: any EmbeddingModel
  ) async throws -> [[Float]] {
    guard !passages.isEmpty else { return [] }
    var found = [[Float]?](repeating: nil, count: passages.count)
    for try await element in embedder.embed(passages.map(\.text)) {
      guard found.indices.contains(element.index) else { continue }
      switch element.result {
      case .success(let vector): found[element.index] = vector.values
      case .failure(let error):
        throw PassageIndexProblem.notEmbedded(
          passage: passages[element.index].id, reason: error.message)
      }
    }
    return try zip(passages, found).map { passage, vector in
      guard let vector else {
        throw PassageIndexProblem.notEmbedded(
          passage: passage.id, reason: "the embedder left it without answer")
      }
      return vector
    }
  }
}
