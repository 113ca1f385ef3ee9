// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The names of a run's files.
public struct RunFolder: Sendable, Hashable {
  /// The folder.
  public let url: URL

  /// Creates the names for a folder.
  public init(_ url: URL) {
    self.url = url
  }

  /// The database that holds the run.
  public var database: URL { url.appending(path: "run.sqlite") }
  /// All that is known of the finished run, as JSON.
  public var result: URL { url.appending(path: "result.json") }
  /// The best prompt's instruction.
  public var prompt: URL { url.appending(path: "prompt.txt") }
  /// The best prompts of all stages, as a saved program.
  public var program: URL { url.appending(path: "program.json") }
  /// The exact inputs the best prompt was tested with, as JSON.
  public var messages: URL { url.appending(path: "messages.json") }

  /// Whether the folder holds a run.
  public var holdsRun: Bool { FileManager.default.fileExists(atPath: database.path) }

  /// The process that works on the run now, or nil when none does.
  public var process: Int32? { RunLock.holder(of: url) }

  /// Takes the lock for as long as `body` runs.
  /// - Throws: ``StoreError/locked(folder:process:)`` when another process works on the run.
  public func whileLocked<Result>(_ body: () throws -> Result) throws -> Result {
    let lock = try RunLock(folder: url)
    return try withExtendedLifetime(lock) { try body() }
  }
}
