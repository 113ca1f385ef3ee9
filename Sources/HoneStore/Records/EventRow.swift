// SPDX-License-Identifier: Apache-2.0

import GRDB
import HoneCore

/// What happened at a position of the run's story.
struct EventRow {
  var position: Int
  var event: TimedEvent
}

extension EventRow: FetchableRecord, PersistableRecord {
  static let databaseTableName = "event"

  init(row: Row) throws {
    position = try row.decode(forColumn: "position")
    event = TimedEvent(
      seconds: try row.decode(forColumn: "seconds"), calls: try row.decode(forColumn: "calls"),
      event: try JSONColumn.read(
        RunEvent.self, from: try row.decode(forColumn: "body"), table: "event"))
  }

  func encode(to container: inout PersistenceContainer) throws {
    container["position"] = position
    container["seconds"] = event.seconds
    container["calls"] = event.calls
    container["body"] = try JSONColumn.write(event.event)
  }
}
