// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneRuns
import HoneStore

/// Whether answers of earlier runs are used.
struct CacheOptions: ParsableArguments {
  @Flag(help: "Neither read nor write answers of earlier runs.")
  var noCache = false

  /// How a run is carried out.
  var options: RunOptions { RunOptions(cache: noCache ? nil : CallCache.defaultFile()) }
}
