// SPDX-License-Identifier: Apache-2.0

/// Scores as an optimizer model reads them: whole numbers from 0 to 100.
public enum ScoreScale {
  /// The whole number nearest to a hundred times the score.
  public static func shown(_ score: Double) -> String {
    let scaled = (score * 100).rounded()
    return Int(exactly: scaled).map(String.init) ?? "unknown"
  }
}
