// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneReport
import HoneRuns

/// The HTML report of a run in its folder.
struct RunPage: Sendable {
  let folder: URL
  let console: Console

  /// The page's file, beside the run's other files.
  var file: URL { folder.appending(path: "report.html") }

  /// Writes the page of the run as it stands.
  func write(to file: URL? = nil) throws {
    let catalog = RunCatalog(folder.deletingLastPathComponent())
    try write(try catalog.record(of: folder.lastPathComponent), to: file)
  }

  /// Writes the page of a record.
  func write(_ record: RunRecord, to file: URL? = nil) throws {
    let page = Data(HTMLReport(record).render().utf8)
    try page.write(to: file ?? self.file, options: .atomic)
  }
}
