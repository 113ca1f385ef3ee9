// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Every row under the seed and under the best prompt; filtered with radio buttons and style alone.
struct ExampleSection: Sendable {
  let context: ReportContext

  var markup: Markup {
    guard let evidence, !evidence.pairs.isEmpty else { return .none }
    let counts = Dictionary(grouping: evidence.pairs, by: \.verdict).mapValues(\.count)
    let shown = ExamplePair.Verdict.allCases.filter { counts[$0, default: 0] > 0 }
    let rows: [Markup] = evidence.pairs.map(row)
    return """
      <section aria-labelledby="examples"><h2 id="examples">\(evidence.title) \
      <small>\(evidence.pairs.count)</small></h2>
      <div class="filters" role="group" aria-label="Which rows to show">
      \(filter("all", "All", evidence.pairs.count, checked: true))
      \(shown.map { filter($0.rawValue, $0.title, counts[$0] ?? 0, checked: false) })
      <div class="scroll"><table class="cards">
      <caption>\(evidence.caption)</caption>
      <thead><tr><th scope="col">Result</th><th scope="col">Example</th>\
      <th scope="col">Reference</th><th scope="col">Seed</th><th scope="col">Best</th></tr></thead>
      <tbody>
      \(rows)
      </tbody></table></div></div>
      </section>
      """
  }

  private struct Evidence {
    var title: String
    var caption: String
    var pairs: [ExamplePair]
  }

  /// The test rows; the dev rows when the test split was not opened.
  private var evidence: Evidence? {
    if let result = context.record.result, let seed = result.seedTest, let best = result.bestTest {
      return Evidence(
        title: "Test rows",
        caption: "The answers of the seed and of the best prompt, row by row.",
        pairs: ExamplePair.pairs(seed: seed, best: best, examples: result.testExamples))
    }
    let dev = Dictionary(
      context.record.dev.map { ($0.candidate, $0) }, uniquingKeysWith: { $1 })
    guard let seedID = context.seed?.id, let bestID = context.best?.id,
      let seed = dev[seedID], let best = dev[bestID]
    else { return nil }
    return Evidence(
      title: "Dev rows", caption: "The test split is still sealed; these rows were chosen on.",
      pairs: ExamplePair.pairs(seed: seed, best: best, examples: []))
  }

  private func filter(_ value: String, _ title: String, _ count: Int, checked: Bool) -> Markup {
    """
    <input type="radio" name="rows" id="rows-\(value)"\(checked ? " checked" as Markup : .none)>\
    <label for="rows-\(value)">\(title) <small>\(count)</small></label>
    """
  }

  private func row(_ pair: ExamplePair) -> Markup {
    """
    <tr class="row-\(pair.verdict.rawValue)"><th scope="row"><span class="verdict">\
    \(pair.verdict.title)</span></th>\
    <td data-label="Example" class="wide-cell">\(input(pair))</td>\
    <td data-label="Reference" dir="auto">\(pair.example?.references.joined(separator: " / ") ?? "–")</td>\
    <td data-label="Seed">\(answer(pair.seed))</td>\
    <td data-label="Best">\(answer(pair.best))</td></tr>
    """
  }

  private func input(_ pair: ExamplePair) -> Markup {
    guard let example = pair.example else { return "<code>\(pair.id)</code>" }
    let order = context.record.task.inputFields
    let names = order + example.fields.keys.filter { !order.contains($0) }.sorted()
    let fields: [Markup] = names.compactMap { name in
      guard let text = example.fields[name] else { return nil }
      return names.count == 1
        ? "<p dir=\"auto\">\(text)</p>" : "<p dir=\"auto\"><b>\(name)</b> \(text)</p>"
    }
    return
      "<div class=\"clip\" tabindex=\"0\">\(fields)</div><small class=\"id\">\(pair.id)</small>"
  }

  private func answer(_ result: ExampleResult) -> Markup {
    let answer: Markup =
      switch result.outcome {
      case .scored(let score):
        "<span dir=\"auto\">\(result.answer ?? result.response)</span>\(graded(score))"
      case .failed(let error): "<em>failed</em><small class=\"from\">\(error.message)</small>"
      case .unparsable, .empty, .cut, .refused, .filtered: "<em>\(result.outcome.word)</em>"
      }
    guard !result.response.isEmpty, result.response != result.answer else { return answer }
    return """
      \(answer)<details class="inline"><summary><small>response</small></summary>\
      <pre class="prompt" dir="auto">\(result.response)</pre></details>
      """
  }

  /// The number, where right and wrong are not all there is.
  private func graded(_ score: Score) -> Markup {
    guard score.value != 0, score.value != 1 else { return .none }
    return " <small class=\"number\">\(context.format.text(score.value))</small>"
  }
}

extension ExamplePair.Verdict {
  /// The verdict for readers.
  var title: String {
    switch self {
    case .won: "Won"
    case .lost: "Lost"
    case .bothRight: "Both right"
    case .bothWrong: "Both wrong"
    case .same: "Same score"
    case .notCounted: "Not counted"
    }
  }
}
