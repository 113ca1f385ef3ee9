// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Calls without a whole answer in words.
public enum EndingsLine {
  /// Each way of ending that occurred with its number, such as `3 refused`.
  public static func parts(of endings: CallEndings) -> [String] {
    CallEnding.allCases.compactMap { ending in
      let number = endings[ending]
      return number > 0 ? Figures.count(number) + " " + words(for: ending) : nil
    }
  }

  private static func words(for ending: CallEnding) -> String {
    switch ending {
    case .refused: "refused"
    case .filtered: "held back by a content filter"
    case .empty: "empty"
    case .cut: "cut at the token limit"
    case .failed: "failed"
    }
  }
}
