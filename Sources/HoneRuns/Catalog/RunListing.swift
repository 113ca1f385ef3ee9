// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore

/// A run in a line.
public struct RunListing: Sendable, Hashable, Codable {
  /// The run's name.
  public var name: String
  /// The task's name.
  public var task: String
  /// When it was made.
  public var started: Date
  /// How it stands.
  public var status: RunStatus
  /// The process that works on it now.
  public var process: Int32?
  /// Calls so far.
  public var calls: Int
  /// The seed's score on test, when there is one.
  public var seedScore: Double?
  /// The best prompt's score on test, when there is one.
  public var bestScore: Double?
  /// Why it cannot be read, in place of all the rest.
  public var problem: String?

  /// Reads the run of a folder; what cannot be read is said in ``problem``.
  init(_ folder: RunFolder) {
    name = folder.url.lastPathComponent
    do {
      let header = try RunStore.look(at: folder.url).header()
      task = header.task.name
      started = header.started
      status = header.status
      process = folder.process
      calls = header.spend.totalCalls
      seedScore = header.result?.seedTest?.score
      bestScore = header.result?.bestTest?.score
    } catch {
      task = ""
      started = .distantPast
      status = .failed("\(error)")
      calls = 0
      problem = "\(error)"
    }
  }
}
