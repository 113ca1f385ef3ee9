// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Calls, tokens and money by role.
struct CostSection: Sendable {
  let context: ReportContext

  var markup: Markup {
    let spend = context.record.spend
    let roles = ModelRole.allCases.filter {
      spend.calls[$0, default: 0] > 0 || spend.usage[$0, default: Usage()].tokens > 0
    }
    let money = spend.totalUsage.dollars > 0
    let rows: [Markup] = roles.map { role in
      row(
        role.rawValue, context.record.models[role]?.name ?? "–", spend.calls[role, default: 0],
        spend.usage[role, default: Usage()], money: money)
    }
    return """
      <section aria-labelledby="cost"><h2 id="cost">Cost</h2>
      <div class="scroll"><table class="cards figures">
      <caption>\(caption)</caption>
      <thead><tr><th scope="col">Role</th><th scope="col">Model</th><th scope="col">Calls</th>\
      <th scope="col">Tokens read</th><th scope="col">Tokens written</th>\
      \(money ? "<th scope=\"col\">Money</th>" as Markup : .none)</tr></thead>
      <tbody>\(rows)</tbody>
      <tfoot>\(row("All", "", spend.totalCalls, spend.totalUsage, money: money))</tfoot>
      </table></div>\(endings)</section>
      """
  }

  /// What gave no whole answer, by role.
  private var endings: Markup {
    let spend = context.record.spend
    let lines: [Markup] = ModelRole.allCases.compactMap { role in
      let parts = EndingsLine.parts(of: spend.endings[role, default: CallEndings()])
      return parts.isEmpty ? nil : "<li>\(role.rawValue): \(parts.joined(separator: ", "))</li>"
    }
    guard !lines.isEmpty else { return .none }
    return "<h3>Calls without a whole answer</h3><ul>\(lines)</ul>"
  }

  private var caption: String {
    var parts = ["\(Figures.duration(context.record.spend.seconds)) of wall time."]
    if context.record.cachedCalls > 0 {
      parts.append(
        "\(Figures.count(context.record.cachedCalls, "call")) were answered from earlier runs.")
    }
    let limits = BudgetLine.limits(of: context.record.task.budget)
    parts.append(
      limits.isEmpty ? "No limit was set." : "Limits: \(limits.joined(separator: ", ")).")
    return parts.joined(separator: " ")
  }

  private func row(
    _ role: String, _ model: String, _ calls: Int, _ usage: Usage, money: Bool
  ) -> Markup {
    let dollars: Markup =
      money
      ? "<td data-label=\"Money\" class=\"number\">\(Figures.dollars(usage.dollars))</td>" : .none
    return """
      <tr><th scope="row">\(role)</th><td data-label="Model">\(model)</td>\
      <td data-label="Calls" class="number">\(Figures.count(calls))</td>\
      <td data-label="Tokens read" class="number">\(Figures.count(usage.promptTokens))</td>\
      <td data-label="Tokens written" class="number">\(Figures.count(usage.completionTokens))</td>\
      \(dollars)</tr>
      """
  }
}
