// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import HoneCore

/// What a run is made of: its settings, its sealed test rows and how it stands.
public struct RunHeader: Sendable {
  /// The task as it is run.
  public var task: PromptTask
  /// The version of Hone that made the run.
  public var version: String
  /// The models by role.
  public var models: [ModelRole: ModelIdentity]
  /// SHA-256 over all rows, in hexadecimal digits.
  public var dataDigest: String
  /// The test rows, sealed; see `SealedExamples.archive()`.
  public var sealedTest: Data
  /// When the run was made.
  public var started: Date
  /// How it stands.
  public var status: RunStatus
  /// Wall time of all sittings, in seconds.
  public var seconds: Double
  /// What was used, over all roles.
  public var spend: Spend
  /// Calls that were answered from the cache of earlier runs.
  public var cachedCalls: Int
  /// What the search found; nil while it goes on.
  public var result: RunResult?

  /// Creates the header of a new run.
  public init(
    task: PromptTask, models: [ModelRole: ModelIdentity], dataDigest: String, sealedTest: Data,
    started: Date
  ) {
    self.task = task
    version = HoneVersion.current
    self.models = models
    self.dataDigest = dataDigest
    self.sealedTest = sealedTest
    self.started = started
    status = .interrupted
    seconds = 0
    spend = Spend()
    cachedCalls = 0
    result = nil
  }
}

extension RunHeader: FetchableRecord, PersistableRecord {
  /// The table's name.
  public static let databaseTableName = "run"

  /// Reads the header from the table's only row.
  /// - Throws: `RowDecodingError` or `DamagedRow` for a row that is not a header.
  public init(row: Row) throws {
    func value<Value: Decodable>(_ type: Value.Type, _ column: String) throws -> Value {
      try JSONColumn.read(type, from: try row.decode(forColumn: column), table: "run")
    }
    task = try value(PromptTask.self, "task")
    version = try row.decode(forColumn: "version")
    models = try value([ModelRole: ModelIdentity].self, "models")
    dataDigest = try row.decode(forColumn: "dataDigest")
    sealedTest = try row.decode(forColumn: "sealedTest")
    started = Date(timeIntervalSince1970: try row.decode(forColumn: "started"))
    status = try value(RunStatus.self, "status")
    seconds = try row.decode(forColumn: "seconds")
    spend = try value(Spend.self, "spend")
    cachedCalls = try row.decode(forColumn: "cachedCalls")
    let text: String? = try row.decode(forColumn: "result")
    result = try text.map { try JSONColumn.read(RunResult.self, from: $0, table: "run") }
  }

  /// Writes the header's columns.
  /// - Throws: `EncodingError` for numbers JSON cannot hold.
  public func encode(to container: inout PersistenceContainer) throws {
    container["id"] = 1
    container["task"] = try JSONColumn.write(task)
    container["version"] = version
    container["seed"] = String(task.seed)
    container["models"] = try JSONColumn.write(models)
    container["dataDigest"] = dataDigest
    container["sealedTest"] = sealedTest
    container["started"] = started.timeIntervalSince1970
    container["status"] = try JSONColumn.write(status)
    container["seconds"] = seconds
    container["spend"] = try JSONColumn.write(spend)
    container["cachedCalls"] = cachedCalls
    container["result"] = try result.map { try JSONColumn.write($0) }
  }
}
