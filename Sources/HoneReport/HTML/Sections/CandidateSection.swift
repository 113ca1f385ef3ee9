// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Every candidate with its score, lineage and change from the seed.
struct CandidateSection: Sendable {
  let context: ReportContext

  var markup: Markup {
    let candidates = context.record.candidates
    guard !candidates.isEmpty else { return .none }
    let rows: [Markup] = candidates.enumerated().map { row($0, $1) }
    return """
      <section aria-labelledby="candidates"><h2 id="candidates">Candidates \
      <small>\(candidates.count)</small></h2>
      <div class="scroll"><table class="cards">
      <caption>Every prompt that passed the guards, in the order they came. Open a prompt to see what \
      changed from the seed.</caption>
      <thead><tr><th scope="col">Name</th><th scope="col">Step</th>\
      <th scope="col">Score on \(context.trace.split.rawValue)</th>\
      <th scope="col">Made by</th><th scope="col">Prompt</th></tr></thead>
      <tbody>
      \(rows)
      </tbody></table></div>
      </section>
      """
  }

  private func row(_ index: Int, _ candidate: Candidate) -> Markup {
    let isBest = candidate.id == context.best?.id
    let mark: Markup = isBest ? " <span class=\"badge\">best</span>" : .none
    return """
      <tr id="c\(index)"\(isBest ? " class=\"chosen\"" as Markup : .none)>\
      <th scope="row">\(context.name(of: candidate.id))\(mark)</th>\
      <td data-label="Step" class="number">\(candidate.lineage.step)</td>\
      <td data-label="Score">\(score(candidate))</td>\
      <td data-label="Made by">\(lineage(candidate))</td>\
      <td data-label="Prompt" class="wide-cell">\(text(candidate))</td></tr>
      """
  }

  private func score(_ candidate: Candidate) -> Markup {
    guard let point = context.scores[candidate.id] else { return "<span class=\"quiet\">–</span>" }
    let full = context.trace.points.map(\.examples).max() ?? point.examples
    let rows: Markup =
      point.examples < full ? " <small>on \(Figures.count(point.examples, "row"))</small>" : .none
    let width = context.format.isShare ? min(max(point.score, 0), 1) * 100 : 0
    let bar: Markup =
      context.format.isShare
      ? "<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:\(width)%\"></span></span>"
      : .none
    return "<span class=\"number\">\(context.format.text(point.score))</span>\(rows)\(bar)"
  }

  private func lineage(_ candidate: Candidate) -> Markup {
    let parents: [Markup] = candidate.lineage.parents.map { parent in
      guard let index = context.record.candidates.firstIndex(where: { $0.id == parent }) else {
        return "\(context.name(of: parent))"
      }
      return "<a href=\"#c\(index)\">\(context.name(of: parent))</a>"
    }
    let from: Markup = parents.isEmpty ? .none : "<small class=\"from\">from \(parents)</small>"
    return "\(VisibleText.line(candidate.lineage.move))\(from)"
  }

  private func text(_ candidate: Candidate) -> Markup {
    let program = context.record.task.program
    let instruction = candidate.text(of: program)
    guard let seed = context.seed, seed.id != candidate.id else {
      return "<span class=\"prompt\" dir=\"auto\">\(instruction)</span>"
    }
    let diff = WordDiff(from: seed.text(of: program), to: instruction)
    return """
      <details class="inline"><summary><span class="prompt" dir="auto">\(instruction)</span> \
      <small>\(diff.size)</small></summary><p class="diff" dir="auto">\(diff.markup)</p></details>
      """
  }
}
