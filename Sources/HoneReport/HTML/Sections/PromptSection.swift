// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The seed and the best prompt, the change between them, and the messages a model is given.
struct PromptSection: Sendable {
  let context: ReportContext

  var markup: Markup {
    guard let seed = context.seed, let best = context.best else { return .none }
    return """
      <section aria-labelledby="prompts"><h2 id="prompts">The prompt</h2>
      <div class="pair">
      \(panel("Seed", seed, note: seedNote + formats(seed)))
      \(panel("Best", best, note: bestNote(best, of: seed)))
      </div>
      \(seed.id == best.id ? .none : change(from: seed, to: best))
      \(messages(best))
      </section>
      """
  }

  private var seedNote: String { "where the search began" }

  private func bestNote(_ best: Candidate, of seed: Candidate) -> String {
    (seed.id == best.id ? "the seed stands" : madeBy(best)) + formats(best)
  }

  /// Where formats are searched, those of a candidate.
  private func formats(_ candidate: Candidate) -> String {
    candidate.searchedFormats(of: context.record.task.program).map { ", " + $0 } ?? ""
  }

  private func madeBy(_ candidate: Candidate) -> String {
    let shown = candidate.demonstrationCount
    let changed = shown != context.seed?.demonstrationCount
    let note = changed ? ", \(Figures.count(shown, "demonstration"))" : ""
    return "\(context.name(of: candidate.id)), step \(candidate.lineage.step), "
      + candidate.lineage.move + note
  }

  private func panel(_ title: String, _ candidate: Candidate, note: String) -> Markup {
    let found = candidate.text(of: context.record.task.program)
    let text: Markup =
      found.isEmpty
      ? "<p class=\"quiet\">(empty)</p>"
      : "<pre class=\"prompt\" dir=\"auto\">\(found)</pre>"
    return """
      <div class="panel"><h3>\(title) <small>\(VisibleText.line(note))</small></h3>\(text)</div>
      """
  }

  private func change(from seed: Candidate, to best: Candidate) -> Markup {
    let program = context.record.task.program
    let diff = WordDiff(from: seed.text(of: program), to: best.text(of: program))
    return """
      <details><summary>Word by word, from seed to best <small>\(diff.size)</small></summary>
      <p class="diff" dir="auto">\(diff.markup)</p></details>
      """
  }

  /// The best prompt as sent, with the fields' names in the fields' places.
  private func messages(_ best: Candidate) -> Markup {
    let turns: [Markup] = context.record.task.program.askedStages.flatMap { stage -> [Markup] in
      guard let prompt = best.prompts[stage.name],
        let input = try? stage.preview(prompt, [:])
      else { return [] }
      let title = best.prompts.count > 1 ? stage.name + ": " : ""
      return switch input {
      case .text(let text): [turn(title + "text to complete", text)]
      case .chat(let messages): messages.map { turn(title + $0.role.rawValue, $0.content) }
      }
    }
    guard !turns.isEmpty else { return .none }
    return """
      <details><summary>As the model is given it <small>with fields in braces</small></summary>
      \(turns)</details>
      """
  }

  private func turn(_ role: String, _ text: String) -> Markup {
    "<div class=\"turn\"><h4>\(role)</h4><pre class=\"prompt\" dir=\"auto\">\(text)</pre></div>"
  }
}
