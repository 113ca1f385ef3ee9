// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns

/// A run with scripted models and a clock that stands still, for comparing runs byte by byte.
public enum ScriptedRun {
  /// Options of a run that takes nothing from this machine.
  public static let options = RunOptions(
    clock: .fixed(Date(timeIntervalSince1970: 1_700_000_000)))

  /// Everything a finished run found, as bytes; equal runs have equal bytes.
  public static func bytes(of record: RunRecord) throws -> Data {
    try CanonicalJSON.encode(record)
  }

  /// Performs a new run from beginning to end.
  public static func perform(
    _ loaded: LoadedTask, optimizer: any Optimizer, models: ModelSet, in folder: URL,
    options: RunOptions = ScriptedRun.options
  ) async throws -> RunRecord {
    try await Run.create(
      loaded, models: models, optimizer: optimizer, in: RunCatalog(folder), options: options
    ).perform()
  }
}
