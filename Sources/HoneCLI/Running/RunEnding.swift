// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneReport

/// What is said when a run is done.
struct RunEnding: Sendable {
  let record: RunRecord
  let folder: URL
  let form: RunDisplay.Form
  let console: Console

  func show() throws {
    let page = RunPage(folder: folder, console: console)
    try page.write(record)
    if form == .json {
      let data = try CanonicalJSON.encode(EventDocument.json(resultOf: record))
      console.out(String(decoding: data, as: UTF8.self))
      return
    }
    let text = SummaryText(record, columns: console.size.columns, style: console.outputStyle).text
    console.out(text)
    console.error("Report: \(RelativePath.fromHere(page.file))")
  }
}
