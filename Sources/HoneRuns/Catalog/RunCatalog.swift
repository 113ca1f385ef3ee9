// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The runs of a folder, `./runs` as a rule.
public struct RunCatalog: Sendable {
  /// The folder that holds a folder for each run.
  public let folder: URL

  /// Creates the catalog of a folder, which need not exist yet.
  public init(_ folder: URL) {
    self.folder = folder
  }

  /// The runs, the newest first; folders without a run are passed over.
  public func list() throws -> [RunSummary] {
    throw RunError.badTask("runs cannot be listed yet")
  }

  /// The folder of a run.
  /// - Throws: ``RunError/noSuchRun(name:known:)``.
  public func folder(of name: String) throws -> URL {
    folder.appending(path: name)
  }

  /// All that is known of a run, also while a process works on it.
  /// - Throws: ``RunError/noSuchRun(name:known:)`` and `StoreError`.
  public func record(of name: String) throws -> RunRecord {
    throw RunError.badTask("runs cannot be read yet")
  }

  /// Deletes a run and its folder.
  /// - Throws: ``RunError/noSuchRun(name:known:)``, and `StoreError` when a process works on it.
  public func remove(_ name: String) throws {
    throw RunError.badTask("runs cannot be removed yet")
  }

  /// Compares the best prompts of two runs that were tested on the same rows.
  /// - Throws: ``RunError/notComparable(_:)`` when they were not.
  public func compare(_ first: String, _ second: String) throws -> PairedComparison {
    throw RunError.badTask("runs cannot be compared yet")
  }
}

/// A run in a line.
public struct RunSummary: Sendable, Hashable, Codable {
  /// The run's name.
  public var name: String
  /// The task's name.
  public var task: String
  /// When it was made.
  public var started: Date
  /// How it stands.
  public var status: RunStatus
  /// The process that works on it now.
  public var process: Int32?
  /// Calls so far.
  public var calls: Int
  /// The seed's score on test, when there is one.
  public var seedScore: Double?
  /// The best prompt's score on test, when there is one.
  public var bestScore: Double?
  /// Why it cannot be read, in place of all the rest.
  public var problem: String?
}
