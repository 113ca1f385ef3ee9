// SPDX-License-Identifier: Apache-2.0

import HoneReport
import Synchronization

/// Lines at the bottom of the terminal that are drawn over again and again.
final class LiveRegion: Sendable {
  private let console: Console
  /// The lines on the screen now.
  private let shown = Mutex<[String]>([])

  init(console: Console) {
    self.console = console
  }

  /// Draws lines in place of those shown; nothing when they are the same.
  func show(_ lines: [String]) {
    shown.withLock { shown in
      guard lines != shown else { return }
      // Hiding the cursor while drawing keeps it from flickering about.
      console.draw(
        "\u{1B}[?25l" + Self.erase(shown.count) + lines.map { $0 + "\u{1B}[K\n" }.joined()
          + "\u{1B}[J\u{1B}[?25h")
      shown = lines
    }
  }

  /// Writes a line above the region.
  func say(_ text: String) {
    shown.withLock { shown in
      console.draw(
        Self.erase(shown.count) + "\u{1B}[J" + text + "\n" + shown.map { $0 + "\n" }.joined())
    }
  }

  /// Takes the region away.
  func clear() {
    shown.withLock { shown in
      guard !shown.isEmpty else { return }
      console.draw(Self.erase(shown.count) + "\u{1B}[J")
      shown = []
    }
  }

  private static func erase(_ count: Int) -> String {
    count > 0 ? "\u{1B}[\(count)A\r" : ""
  }
}
