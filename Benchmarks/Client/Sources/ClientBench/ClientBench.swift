// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hone
import HoneCore
import HoneModels
import HoneRuns

/// Times a run's evaluations over a server and prints one line of JSON.
///
/// Usage: `ClientBench http://127.0.0.1:PORT/v1 ROWS`. The run and its journal are on disk, in a folder
/// that is removed again; the cache across runs is not used.
@main
enum ClientBench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let rows = Int(arguments[2]), rows > 0 else {
      FileHandle.standardError.write(Data("usage: ClientBench ADDRESS ROWS\n".utf8))
      exit(2)
    }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "hone-client-bench-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let opener = RemoteModelOpener(environment: [:])
    let model = try await opener.open(arguments[1] + "#any")
    let optimizer = EvaluateOnce()
    let run = try Run.create(
      BenchTask.make(rows: rows), models: ModelSet(task: model), optimizer: optimizer,
      in: RunCatalog(folder))
    let record = try await run.perform()
    guard let seconds = optimizer.seconds, let cpu = optimizer.cpuSeconds,
      record.spend.totalCalls == rows, record.spend.totalEndings.isEmpty
    else {
      FileHandle.standardError.write(Data("the run did not do its \(rows) calls\n".utf8))
      exit(1)
    }
    print(
      #"{"rows":\#(rows),"seconds":\#(seconds),"cpuMilliseconds":\#(cpu / Double(rows) * 1000),"#
        + #""peakMegabytes":\#(Stopwatch.peakMegabytes)}"#)
  }
}
