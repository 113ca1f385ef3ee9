// SPDX-License-Identifier: Apache-2.0

/// Colour and weight in a terminal, or none.
public struct TerminalStyle: Sendable, Hashable {
  /// Whether escape codes are written.
  public var isColoured: Bool

  /// Creates a style.
  public init(isColoured: Bool) {
    self.isColoured = isColoured
  }

  /// No escape codes.
  public static let plain = TerminalStyle(isColoured: false)
  /// Escape codes.
  public static let coloured = TerminalStyle(isColoured: true)

  /// Heavy text.
  public func bold(_ text: String) -> String { wrap(text, "1") }
  /// Quiet text.
  public func dim(_ text: String) -> String { wrap(text, "2") }
  /// Good news.
  public func good(_ text: String) -> String { wrap(text, "32") }
  /// Bad news.
  public func bad(_ text: String) -> String { wrap(text, "31") }
  /// The accent of bars.
  public func accent(_ text: String) -> String { wrap(text, "36") }

  private func wrap(_ text: String, _ code: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
