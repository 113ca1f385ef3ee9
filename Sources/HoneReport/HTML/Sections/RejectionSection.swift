// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The proposals that were turned down and the answers that did not count.
struct RejectionSection: Sendable {
  let context: ReportContext

  var markup: Markup {
    let rejections = context.trace.rejections
    guard !rejections.isEmpty || !troubles.isEmpty else { return .none }
    let kinds = Dictionary(grouping: rejections, by: \.reason.kind).mapValues(\.count)
    let counts = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }
    let listing: Markup =
      rejections.isEmpty
      ? .none : "<p>\(counts.joined(separator: ", ")).</p>\(table(rejections))"
    return """
      <section aria-labelledby="rejections"><h2 id="rejections">Turned down and failed \
      <small>\(rejections.count)</small></h2>
      \(listing)
      \(troubles)
      </section>
      """
  }

  private func table(_ rejections: [RunTrace.Rejection]) -> Markup {
    let rows: [Markup] = rejections.map { rejection in
      """
      <tr><td data-label="Step" class="number">\(rejection.step)</td>\
      <td data-label="Reason">\(rejection.reason.kind)\
      <small class="from">\(rejection.reason.sentence)</small></td>\
      <td data-label="Made by">\(rejection.move)</td>\
      <td data-label="Proposal" class="wide-cell"><div class="clip" tabindex="0">\
      <span class="prompt" dir="auto">\(rejection.text)</span></div></td></tr>
      """
    }
    return """
      <details><summary>Every proposal that was turned down</summary>
      <div class="scroll"><table class="cards"><caption>Nothing here was evaluated.</caption>
      <thead><tr><th scope="col">Step</th><th scope="col">Reason</th><th scope="col">Made by</th>\
      <th scope="col">Proposal</th></tr></thead><tbody>
      \(rows)
      </tbody></table></div></details>
      """
  }

  /// Outcomes that are not scores, by prompt.
  private var troubles: [Markup] {
    guard let result = context.record.result else { return [] }
    let evaluations = [("seed", result.seedTest), ("best", result.bestTest)]
    return evaluations.compactMap { name, evaluation in
      guard let evaluation else { return nil }
      let words = evaluation.results.map(\.outcome.word).filter { $0 != "scored" }
      guard !words.isEmpty else { return nil }
      let counts = Dictionary(grouping: words, by: \.self).mapValues(\.count)
        .sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      return """
        <p>Test answers of the \(name) prompt without a score: \(counts.joined(separator: ", ")) \
        of \(evaluation.results.count). Answers that could not be read count as wrong; refusals and \
        failures do not count.</p>
        """
    }
  }
}
