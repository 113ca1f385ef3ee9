// Read a finished run back and write its evidence as one HTML page.

import Foundation
import Hone

// snippet.hide
let folder = URL(filePath: CommandLine.arguments.dropFirst().first ?? "runs")
// snippet.show
let catalog = RunCatalog(folder)
for run in try catalog.list() where run.problem == nil {
  let record = try catalog.record(of: run.name)
  let page = HTMLReport(record).render()
  try Data(page.utf8).write(to: folder.appending(path: "\(run.name).html"))
  print(SummaryText(record, style: .plain).text)
}
