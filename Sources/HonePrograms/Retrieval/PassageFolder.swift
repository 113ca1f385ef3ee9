// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Passages in a file of JSON lines, or in all such files of a folder.
public struct PassageFolder: Sendable, Hashable {
  /// The file, or the folder whose files that end in `.jsonl` are read in the order of their names.
  public var location: URL
  /// The member with the text.
  public var field: String
  /// The member with the name; a row without one is named by its line, after the file's name in a
  /// folder.
  public var id: String?

  /// Names a file or folder.
  public init(_ location: URL, field: String = "text", id: String? = nil) {
    self.location = location
    self.field = field
    self.id = id
  }

  /// Reads all passages.
  /// - Throws: ``PassageFileProblem`` that names the file and the line.
  public func passages() throws(PassageFileProblem) -> [Passage] {
    var isFolder: ObjCBool = false
    let path = location.path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw PassageFileProblem(
        file: location.relativePath, line: nil, problem: "is not there; check the path")
    }
    guard isFolder.boolValue else { return try passages(of: location, prefix: "") }
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasSuffix(".jsonl") && !$0.hasPrefix(".") }.sorted()
    guard !files.isEmpty else {
      throw PassageFileProblem(
        file: location.relativePath, line: nil, problem: "is a folder without a .jsonl file")
    }
    var found: [Passage] = []
    for name in files {
      found += try passages(of: location.appending(path: name), prefix: name + ":")
    }
    return try withoutRepeats(found)
  }

  private func passages(of file: URL, prefix: String) throws(PassageFileProblem) -> [Passage] {
    guard let data = try? Data(contentsOf: file) else {
      throw PassageFileProblem(file: file.relativePath, line: nil, problem: "cannot be read")
    }
    var passages: [Passage] = []
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 32 || $0 == 13 }) {
      func problem(_ text: String) -> PassageFileProblem {
        PassageFileProblem(file: file.relativePath, line: index + 1, problem: text)
      }
      guard let row = try? JSONDecoder().decode([String: JSONText].self, from: Data(line)) else {
        throw problem("is not a JSON object of texts")
      }
      guard let text = row[field]?.text else {
        throw problem(
          "has no text \"\(field)\"; there are \(row.keys.sorted().joined(separator: ", "))")
      }
      let name = id.flatMap { row[$0]?.text } ?? "\(prefix)\(index + 1)"
      passages.append(Passage(id: name, text: text))
    }
    return prefix.isEmpty ? try withoutRepeats(passages) : passages
  }

  private func withoutRepeats(_ passages: [Passage]) throws(PassageFileProblem) -> [Passage] {
    var seen: Set<String> = []
    for passage in passages where !seen.insert(passage.id).inserted {
      throw PassageFileProblem(
        file: location.relativePath, line: nil,
        problem: "has the name \"\(passage.id)\" twice; names must differ")
    }
    return passages
  }

  /// A text, or nothing where another kind of value stands.
  private struct JSONText: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      text = try? decoder.singleValueContainer().decode(String.self)
    }
  }
}

/// A file of passages that cannot be used.
public struct PassageFileProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public var file: String
  /// The line, from 1.
  public var line: Int?
  /// What is wrong.
  public var problem: String

  /// The place and the problem.
  public var description: String {
    line.map { "\(file):\($0): the row \(problem)" } ?? "\(file) \(problem)"
  }
}
