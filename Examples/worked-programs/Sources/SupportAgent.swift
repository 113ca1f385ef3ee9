// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hone

extension WorkedProgram {
  /// A support agent with two tools: the state of an order, and the shop's rules.
  static func supportAgent(_ data: URL) throws -> WorkedProgram {
    let states = Dictionary(
      try table(of: "orders.jsonl", in: data).map { ($0["order"] ?? "", $0["state"] ?? "") },
      uniquingKeysWith: { first, _ in first })
    let rules = try BM25Index(jsonLines: data.appending(path: "rules.jsonl"), id: "id")
    let agent = ReAct(
      tools: [
        Tool("orders", "the state of an order, by its number") { input in
          let number = String(input.filter(\.isNumber))
          guard let state = states[number] else {
            throw ToolProblem(description: "there is no order \(number)")
          }
          return state
        },
        Tool("rules", "the shop's rules on a subject") { subject in
          guard let hit = rules.search(subject, count: 1).first else {
            throw ToolProblem(description: "there is no rule on that")
          }
          return hit.passage.text
        },
      ], turns: 2)
    let tickets = try table(of: "tickets.jsonl", in: data)
    var program = try agent.program(
      inputs: "ticket", answer: "reply", instruction: "Help the customer.", format: .completion)
    for index in program.stages.indices { program.stages[index].call?.module = .predict }
    let tools =
      "orders: the state of an order, by its number\n"
      + "rules: the shop's rules on a subject\nfinish: no more is needed"
    func used(_ tool: String, _ input: String, _ found: String) -> String {
      "Thought: I look it up. Used \(tool) with \(input), which gave: \(found)"
    }
    let order = used("orders", "2001", "waits in the shop")
    let rule = used("rules", "opening", "Opening: the shop is open from 9 to 5.")
    func step(_ ticket: String, _ turns: String, _ tool: String, _ input: String) -> [String:
      String]
    {
      [
        "ticket": ticket, "tools": tools, "turns": turns, "tool": tool, "input": input,
        "thought": tool == "finish" ? "I know enough." : "I look it up.",
      ]
    }
    let first = "Where is my order 2001?"
    let second = "When is the shop open?"
    return WorkedProgram(
      name: "support-agent", program: program, body: agent,
      rows: tickets.enumerated().map {
        Example($1, number: $0, input: "ticket", answer: "reply")
      }
    ).showing(
      [
        step(first, order, "finish", "nothing"), step(second, rule, "finish", "nothing"),
        step(second, "none so far", "rules", "opening"),
        step(first, "none so far", "orders", "2001"),
        step("May I pay by cheque?", "none so far", "rules", "cheque"),
        step("What about order 2002?", "none so far", "orders", "2002"),
      ], in: ReAct.actingStage, maxTokens: 24
    ).showing(
      [
        ["ticket": first, "turns": order, "reply": "waits in the shop"],
        ["ticket": second, "turns": rule, "reply": "the shop is open from 9 to 5."],
      ], in: ReAct.answeringStage, maxTokens: 20)
  }
}
