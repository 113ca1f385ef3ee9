// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension StageReading {
  /// A stage that finds passages and asks no model, or nil after reporting why there is none.
  ///
  /// `before` is the number of problems when the stage was begun.
  func retrieving(
    _ node: DocumentNode, _ signature: Signature, _ before: Int, into problems: inout ProblemList
  ) -> Stage? {
    let place = "\(path).retrieve"
    for member in self.node.members ?? []
    where !["name", "signature", "retrieve"].contains(member.key) {
      problems.add(
        at: member.position, "\(path).\(DocumentNode.shortened(member.key))",
        "has no effect in a stage that retrieves", advice: "it asks no model; remove it")
    }
    if isLast {
      problems.add(
        at: node.position, place, "cannot stand in the last stage",
        advice: "add a stage that writes the answer from what is found")
    }
    guard let documents = node["documents"]?.text else { return nil }
    let location = folder.map { $0.appending(path: documents) } ?? URL(filePath: documents)
    let file = documents.hasPrefix("/") ? URL(filePath: documents) : location
    if folder != nil, !FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) {
      problems.add(
        at: node["documents"]?.position ?? node.position, "\(place).documents",
        "there is no file or folder \"\(DocumentNode.shortened(documents))\"",
        advice: "the path is relative to the task file")
    }
    var retrieval = StageRetrieval(documents: file.path(percentEncoded: false))
    if let field = node["field"]?.text { retrieval.field = field }
    retrieval.id = node["id"]?.text
    if let word = node["by"]?.text { retrieval.by = .init(rawValue: word) ?? retrieval.by }
    if let count = node["count"]?.text.flatMap({ Int($0) }) { retrieval.count = count }
    guard let name = self.node["name"]?.text else { return nil }
    do {
      let stage = try Stage(name, signature.written, retrieving: retrieval)
      return problems.problems.count + problems.omitted == before ? stage : nil
    } catch {
      problems.add(
        at: self.node["signature"]?.position ?? node.position, "\(path).signature", "\(error)")
      return nil
    }
  }
}
