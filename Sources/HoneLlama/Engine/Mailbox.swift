// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Where callers leave batches for the engine's thread.
///
/// `@unchecked Sendable`: every stored property is read and written under `condition`'s lock only.
final class Mailbox: @unchecked Sendable {
  /// What came in since the thread last looked.
  struct Mail {
    var jobs: [Job] = []
    var cancelled: [Int] = []
    var isClosed = false
  }

  private let condition = NSCondition()
  private var mail = Mail()
  private var nextID = 0
  private var opening: Result<Void, ModelError>?

  /// Leaves a batch and returns its number.
  func post(_ work: Job.Work) -> Int {
    condition.withLock {
      let id = nextID
      nextID += 1
      mail.jobs.append(Job(id: id, work: work))
      condition.signal()
      return id
    }
  }

  /// Asks to stop a batch's work; does nothing when it is done.
  func cancel(_ id: Int) {
    condition.withLock {
      mail.cancelled.append(id)
      condition.signal()
    }
  }

  /// Asks the thread to end.
  func close() {
    condition.withLock {
      mail.isClosed = true
      condition.broadcast()
    }
  }

  /// Takes what came in; waits for something when there is nothing else to do.
  func take(waits: Bool) -> Mail {
    condition.withLock {
      while waits, mail.jobs.isEmpty, mail.cancelled.isEmpty, !mail.isClosed { condition.wait() }
      let taken = mail
      mail = Mail(isClosed: taken.isClosed)
      return taken
    }
  }

  /// Tells whether the thread could make its context.
  func report(_ result: Result<Void, ModelError>) {
    condition.withLock {
      opening = result
      condition.broadcast()
    }
  }

  /// Waits until the thread has reported.
  func waitForOpening() -> Result<Void, ModelError> {
    condition.withLock {
      while true {
        if let opening { return opening }
        condition.wait()
      }
    }
  }
}
