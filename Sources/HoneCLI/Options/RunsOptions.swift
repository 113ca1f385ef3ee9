// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneRuns

/// Where runs are.
struct RunsOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of runs.", valueName: "dir"), completion: .directory)
  var runs = "runs"

  /// The catalog of the folder.
  var catalog: RunCatalog { RunCatalog(URL(filePath: runs, directoryHint: .isDirectory)) }

  /// All that is known of a run, given by its name or the path of its folder.
  func record(of run: String) throws -> RunRecord {
    try catalog.record(of: run)
  }

  /// The folder of a run.
  func folder(of run: String) throws -> URL {
    try catalog.folder(of: run)
  }
}

extension RunsOptions {
  /// The run as it is named on the command line from here: its name, with the folder where it is not
  /// the usual one.
  func argument(for run: Run) -> String {
    runs == "runs" ? run.name : RelativePath.fromHere(run.folder)
  }
}
