// SPDX-License-Identifier: Apache-2.0

import GRDB
import HoneCore

/// One call of a run and what came of it.
public struct JournalEntry: Sendable, Hashable {
  /// What the call is known by.
  public var key: RequestKey
  /// The kind of call.
  public var kind: CallKind
  /// The role it was made in.
  public var role: ModelRole
  /// The response, or the `ModelError`, as JSON.
  public var response: String
  /// Whether ``response`` is an error.
  public var failed: Bool
  /// The tokens and money it took in this run.
  public var usage: Usage
  /// Seconds from sending the batch to the answer.
  public var duration: Double
  /// Whether it was answered from the cache of earlier runs.
  public var cached: Bool

  /// Creates an entry.
  public init(
    key: RequestKey, kind: CallKind, role: ModelRole, response: String, failed: Bool,
    usage: Usage, duration: Double, cached: Bool
  ) {
    self.key = key
    self.kind = kind
    self.role = role
    self.response = response
    self.failed = failed
    self.usage = usage
    self.duration = duration
    self.cached = cached
  }
}

extension JournalEntry: FetchableRecord, PersistableRecord {
  /// The table's name.
  public static let databaseTableName = "journal"

  /// Reads an entry from a row.
  /// - Throws: `RowDecodingError` or ``DamagedRow`` for a row that is not an entry.
  public init(row: Row) throws {
    guard let kind = CallKind(rawValue: try row.decode(forColumn: "kind")),
      let role = ModelRole(rawValue: try row.decode(forColumn: "role"))
    else { throw DamagedRow(table: "journal", problem: "unknown kind or role") }
    self.init(
      key: try row.decode(forColumn: "key"), kind: kind, role: role,
      response: try row.decode(forColumn: "response"), failed: try row.decode(forColumn: "failed"),
      usage: Usage(
        promptTokens: try row.decode(forColumn: "promptTokens"),
        completionTokens: try row.decode(forColumn: "completionTokens"),
        dollars: try row.decode(forColumn: "dollars")),
      duration: try row.decode(forColumn: "duration"), cached: try row.decode(forColumn: "cached"))
  }

  /// Writes the entry's columns.
  public func encode(to container: inout PersistenceContainer) {
    container["key"] = key
    container["kind"] = kind.rawValue
    container["role"] = role.rawValue
    container["response"] = response
    container["failed"] = failed
    container["promptTokens"] = usage.promptTokens
    container["completionTokens"] = usage.completionTokens
    container["dollars"] = usage.dollars
    container["duration"] = duration
    container["cached"] = cached
  }
}
