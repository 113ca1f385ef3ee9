// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore

/// The runs of a folder, `./runs` as a rule.
public struct RunCatalog: Sendable {
  /// The folder that holds a folder for each run.
  public let folder: URL

  /// Creates the catalog of a folder, which need not exist yet.
  public init(_ folder: URL) {
    self.folder = folder
  }

  /// The runs, the newest first; folders without a run are passed over.
  /// - Throws: `StoreError` when the folder cannot be read.
  public func list() throws -> [RunListing] {
    try folders().map { RunListing($0) }
      .sorted { ($1.started, $1.name) < ($0.started, $0.name) }
  }

  /// The folder of a run, given its name or the path of its folder.
  /// - Throws: ``RunError/noSuchRun(name:known:)``.
  public func folder(of name: String) throws -> URL {
    let candidates =
      name.contains("/") ? [URL(filePath: name)] : [folder.appending(path: name)]
    for url in candidates where ![".", "..", ""].contains(name) && RunFolder(url).holdsRun {
      return url
    }
    throw RunError.noSuchRun(
      name: name, known: try folders().map(\.url.lastPathComponent).sorted())
  }

  /// All that is known of a run, also while a process works on it.
  /// - Throws: ``RunError/noSuchRun(name:known:)`` and `StoreError`.
  public func record(of name: String) throws -> RunRecord {
    try RunRecord(RunStore.look(at: folder(of: name)))
  }

  /// Deletes a run and its folder.
  /// - Throws: ``RunError/noSuchRun(name:known:)``, and `StoreError` when a process works on it.
  public func remove(_ name: String) throws {
    let run = RunFolder(try folder(of: name))
    try run.whileLocked {
      do {
        try FileManager.default.removeItem(at: run.url)
      } catch {
        throw StoreError.failed(file: run.url.path, problem: error.localizedDescription)
      }
    }
  }

  /// Compares the best prompts of two runs that were tested on the same rows.
  /// - Throws: ``RunError/notComparable(_:)`` when they were not.
  public func compare(_ first: String, _ second: String) throws -> PairedComparison {
    let (one, other) = (try record(of: first), try record(of: second))
    guard let firstTest = one.result?.bestTest, let secondTest = other.result?.bestTest else {
      let open = one.result?.bestTest == nil ? first : second
      throw RunError.notComparable(
        "the run \(open) has no test of its best prompt; resume it or give its task a test split")
    }
    guard one.result?.testExamples == other.result?.testExamples else {
      throw RunError.notComparable(
        "the runs \(first) and \(second) were not tested on the same rows; "
          + "compare their prompts on one split instead")
    }
    guard one.task.metric == other.task.metric, one.task.answer == other.task.answer else {
      throw RunError.notComparable(
        "the runs \(first) and \(second) read or score answers differently; "
          + "compare their prompts under one task instead")
    }
    guard
      let comparison = PairedComparison(
        first: firstTest, second: secondTest, binary: one.task.metric.isBinary,
        seed: one.task.seed)
    else {
      throw RunError.notComparable("no test row has a counted outcome in both runs")
    }
    return comparison
  }

  /// Makes the folder of a new run, such as `support-tickets-2026-11-21-1`.
  /// - Throws: ``RunError/badName(_:)`` for a name that cannot be a folder's or is taken, `StoreError`.
  func makeFolder(task: String, date: Date, name: String? = nil) throws -> URL {
    if let name { return try makeFolder(named: name) }
    let stem = Self.fileName(task) + "-" + date.formatted(.iso8601.year().month().day())
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var number = 1
      while true {
        let url = folder.appending(path: "\(stem)-\(number)")
        do {
          // Fails when it is there, so two processes never get the same one.
          try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
          return url
        } catch {
          guard FileManager.default.fileExists(atPath: url.path) else { throw error }
          number += 1
        }
      }
    } catch {
      throw StoreError.failed(file: folder.path, problem: error.localizedDescription)
    }
  }

  private func makeFolder(named name: String) throws -> URL {
    guard name == Self.fileName(name) else {
      throw RunError.badName(
        "a run cannot be named \(name): \(name.count) characters were given, and at most "
          + "\(Self.longestName) small letters, digits, - and _ are allowed, such as "
          + Self.fileName(name))
    }
    let url = folder.appending(path: name)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
      return url
    } catch {
      guard FileManager.default.fileExists(atPath: url.path) else {
        throw StoreError.failed(file: folder.path, problem: error.localizedDescription)
      }
      throw RunError.badName("there is a run named \(name) already; choose another name")
    }
  }

  private func folders() throws -> [RunFolder] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil
      ).map { RunFolder($0) }.filter(\.holdsRun)
    } catch {
      throw StoreError.failed(file: folder.path, problem: error.localizedDescription)
    }
  }

  /// The most characters of a run's name.
  static let longestName = 100

  /// A name's letters, digits and hyphens in lower case; other signs become hyphens.
  static func fileName(_ name: String) -> String {
    let signs = name.lowercased().unicodeScalars.map { scalar -> Character in
      let isPlain = scalar.isASCII && scalar.properties.isAlphabetic
      return isPlain || ("0"..."9").contains(scalar) || scalar == "_" ? Character(scalar) : "-"
    }
    let text = String(signs.prefix(longestName)).trimmingCharacters(
      in: CharacterSet(charactersIn: "-"))
    return text.isEmpty ? "run" : text
  }
}
