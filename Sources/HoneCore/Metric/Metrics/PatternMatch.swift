// SPDX-License-Identifier: Apache-2.0

import Foundation

/// 1 when a regular expression matches somewhere in the response, else 0.
///
/// Patterns are those of ICU, in which `(?i)` ignores case and `(?s)` lets a dot match line ends. A
/// pattern with nested repeats can take very long on some texts.
struct PatternMatch: ResponseMetric {
  private let expression: NSRegularExpression

  /// Compiles the pattern once.
  init(_ pattern: String) throws(MetricProblem) {
    do {
      expression = try NSRegularExpression(pattern: pattern)
    } catch {
      throw MetricProblem(
        "the regular expression \"\(pattern)\" cannot be read; check its brackets, repeats and "
          + "escapes (a backslash in YAML is safest in single quotes)")
    }
  }

  var needsReferences: Bool { false }

  func outcome(of attempt: Attempt) -> Outcome {
    let range = NSRange(attempt.response.startIndex..., in: attempt.response)
    return .right(expression.firstMatch(in: attempt.response, range: range) != nil)
  }
}
