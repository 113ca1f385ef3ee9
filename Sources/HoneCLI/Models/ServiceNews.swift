// SPDX-License-Identifier: Apache-2.0

import HoneReport
import Synchronization

/// Hands on what services tell while they work, to whoever shows it at the time.
final class ServiceNews: Sendable {
  private let listener: Mutex<@Sendable (String) -> Void>

  /// Creates news that a console shows as notes, or nobody.
  init(console: Console, isQuiet: Bool = false) {
    listener = Mutex { text in
      if !isQuiet { console.error(text) }
    }
  }

  /// Lets another one show the news from now on.
  func show(with listener: @escaping @Sendable (String) -> Void) {
    self.listener.withLock { $0 = listener }
  }

  /// Takes a sentence.
  func tell(_ text: String) {
    listener.withLock { $0 }("note: " + VisibleText.line(text))
  }
}
