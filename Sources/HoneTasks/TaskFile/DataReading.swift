// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Reads the rows a task file names and divides them.
struct DataReading {
  static let splitNames = ["train", "dev", "test"]

  var task: TaskReading
  /// The problems of each data file.
  private(set) var fileProblems: [ProblemList] = []
  private(set) var warnings: [String] = []
  private let folder: URL
  /// What data files' names begin with in messages.
  private let shownFolder: String
  private var builder: ExampleBuilder

  init(task: TaskReading, file: URL) {
    self.task = task
    folder = file.deletingLastPathComponent()
    let path = file.relativePath
    shownFolder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    builder = ExampleBuilder(
      inputs: task.inputs.map(\.name), answerField: task.answerField, kind: task.answer?.kind,
      idField: task.root["data"]?["id"]?.text, filePrefix: "",
      images: task.images.isEmpty ? nil : ImageFields(names: task.images, folder: folder))
  }

  /// The three splits, or nil after reporting why there are none.
  mutating func splits(onOpenTest: @escaping @Sendable () -> Void) -> DataSplits? {
    guard let node = task.root["data"], let members = node.members else { return nil }
    let files = members.filter { Self.splitNames.contains($0.key) }
    let one = members.first { $0.key == "file" }
    let parts: [[Example]]?
    switch (one, files.first) {
    case (let one?, let other?):
      task.problems.add(
        at: other.position, "data.\(other.key)", "cannot stand beside data.file",
        advice: "name one file (line \(one.position.line)), or train, dev and test")
      return nil
    case (nil, nil):
      task.problems.add(
        at: node.position, "data", "a file is required and missing",
        advice: "write file: with split:, or train:, dev: and test:")
      return nil
    case (let one?, nil): parts = divided(one.value, node)
    case (nil, _?): parts = separate(node)
    }
    guard let parts, parts.count == 3 else { return nil }
    let kept = zip(Self.splitNames, parts).map { limited($1, node["limit"]?[$0]) }
    let splits = DataSplits(
      train: kept[0], dev: kept[1], test: SealedExamples(kept[2], onOpen: onOpenTest))
    warnings += DuplicateRows.warnings(splits)
    return splits
  }

  private func limited(_ rows: [Example], _ node: DocumentNode?) -> [Example] {
    guard let limit = node?.text.flatMap({ Int($0) }), limit < rows.count else { return rows }
    let parts = Splitter.parts(of: rows, counts: [limit], seed: task.seed)
    return zip(rows, parts).filter { $1 != nil }.map(\.0)
  }

  /// The rows of the three files.
  private mutating func separate(_ node: DocumentNode) -> [[Example]]? {
    if let split = node.members?.first(where: { $0.key == "split" }) {
      task.problems.add(
        at: split.position, "data.split", "goes with data.file only",
        advice: "the files say which rows go where; remove it")
    }
    let paths = Self.splitNames.compactMap { node[$0]?.text }
    let lastParts = Set(paths.map { ($0 as NSString).lastPathComponent })
    var parts: [[Example]] = []
    for name in Self.splitNames {
      guard let file = node[name] else {
        task.problems.add(
          at: node.position, "data.\(name)", "is required and missing beside the other files",
          advice: "name it, or write file: with split: to divide one file")
        continue
      }
      guard let path = file.text else { continue }
      // Rows are named by the file's last part, unless two files share it.
      builder.filePrefix =
        lastParts.count == paths.count ? (path as NSString).lastPathComponent : path
      if let rows = rows(file, "data.\(name)") { parts.append(rows) }
    }
    return parts.count == 3 ? parts : nil
  }

  /// The rows of one file, divided by `data.split`.
  private mutating func divided(_ file: DocumentNode, _ node: DocumentNode) -> [[Example]]? {
    builder.filePrefix = file.text.map { ($0 as NSString).lastPathComponent } ?? ""
    let rows = rows(file, "data.file")
    guard let shares = SplitShares(node["split"], into: &task.problems), let rows,
      let counts = shares.counts(
        of: rows.count, at: node["split"] ?? file, into: &task.problems)
    else { return nil }
    let parts = Splitter.parts(of: rows, counts: counts, seed: task.seed)
    return counts.indices.map { part in
      zip(rows, parts).filter { $1 == part }.map(\.0)
    }
  }

  /// The rows of one file, or nil after reporting what is wrong with it.
  private mutating func rows(_ node: DocumentNode, _ path: String) -> [Example]? {
    guard let name = node.text else { return nil }
    let url = URL(fileURLWithPath: name, relativeTo: folder)
    let given = task.root["data"]?["format"]?.text.flatMap { DataFormat(rawValue: $0) }
    guard let format = given ?? DataFormat(pathExtension: url.pathExtension) else {
      task.problems.add(
        at: node.position, path, "the format of \(name) is not known by its ending",
        advice: "write format: jsonl, json, csv or tsv")
      return nil
    }
    var list = ProblemList(
      file: name.hasPrefix("/") ? name : shownFolder + name, limit: DataTable.maximumProblems)
    defer { fileProblems.append(list) }
    do {
      let rows = DataTable.rows(try FileBytes.read(url), format: format, into: &list)
      guard !rows.isEmpty, hasFields(DataTable(rows: rows), name) else { return nil }
      let examples = builder.examples(rows, into: &list)
      return list.isEmpty ? examples : nil
    } catch {
      task.problems.add(at: node.position, path, error.message, advice: "check the path")
      return nil
    }
  }

  /// Reports fields that no row has, once, at their place in the task file.
  private mutating func hasFields(_ table: DataTable, _ file: String) -> Bool {
    let fields = table.fields
    var wanted = task.inputs.enumerated().map { ("inputs[\($0)]", $1.name, $1.position) }
    if let node = task.root["answer"]?["field"], let name = node.text {
      wanted.append(("answer.field", name, node.position))
    }
    if let node = task.root["data"]?["id"], let name = node.text {
      wanted.append(("data.id", name, node.position))
    }
    var hasAll = true
    for (path, name, position) in wanted where !fields.contains(name) {
      hasAll = false
      task.problems.add(
        at: position, path, "\(file) has no field \"\(DocumentNode.shortened(name))\"",
        advice: NearestWord.advice(for: name, among: fields))
    }
    return hasAll && !task.inputs.isEmpty
  }
}
