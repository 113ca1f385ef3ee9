// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import HoneRuns
import HoneTesting
import Testing

@testable import HoneCLI

@Suite(.serialized) final class ModelTrialTests {
  private let command: BuiltCommand

  init() throws {
    command = try BuiltCommand()
  }

  deinit {
    command.removeHome()
  }

  @Test func `A run is reckoned at the rate of the rows, within its budget`() throws {
    var options = ScriptedRun.options
    options.prices = [.task: TokenPrice(prompt: 1000, completion: 5000)]
    let plan = try RunPlan(
      ReviewTask.make(budget: Budget(calls: 250)), optimizer: WordSearch(), options: options)
    let spend = Spend(
      calls: [.task: 8],
      usage: [.task: Usage(promptTokens: 80, completionTokens: 16, dollars: 0.16)])
    let forecast = TaskTrial.forecast(plan, spend, seconds: 0.5, inFlight: 64)
    #expect(forecast.calls == 250)
    #expect(forecast.tokens == 250 * 12)
    #expect(abs((forecast.dollars ?? 0) - 250 * 0.02) < 1e-9)
    #expect(forecast.dollarsAtMost ?? 0 > forecast.dollars ?? .infinity)
    // The eight took half a second together, so 64 do.
    #expect(abs(forecast.seconds - 0.5 * 250 / 64) < 1e-9)
    // In this process the eight share the processor, as all calls do.
    let here = TaskTrial.forecast(plan, spend, seconds: 0.5, inFlight: 1)
    #expect(abs(here.seconds - 0.5 * 250 / 8) < 1e-9)
    var unknown = options
    unknown.prices = [:]
    let open = try RunPlan(
      ReviewTask.make(budget: Budget(calls: 250)), optimizer: WordSearch(), options: unknown)
    #expect(TaskTrial.forecast(open, spend, seconds: 1, inFlight: 1).dollars == nil)
  }

  @Test func `A model is shown on one screen, with what a run of a task takes`() async throws {
    let server = try await FaultServer { request in
      request.maxTokens == 8 ? try ReviewTask.answer(request) : "Blue, I think."
    }
    let lines = (0..<40).map { #"{"review": "a film to love, number \#($0)", "mood": "positive"}"# }
    try command.write(lines.joined(separator: "\n"), to: "reviews.jsonl")
    try command.write(
      """
      name: reviews
      data: {file: reviews.jsonl}
      inputs: [review]
      answer: {field: mood, kind: label, labels: [positive, negative]}
      prompt: {instruction: Look at the review., question: "{review}"}
      optimizer: {name: gpo, proposer: phrasebook}
      budget: {calls: 200, money: 0.05}
      generation: {max-tokens: 8}

      """, to: "task.yaml")
    try command.write("\(server.address)#*  10 - 20\n", to: "prices")
    let output = try await command.run(
      ["models", "test", server.address + "#any", "--task", "task.yaml"],
      environment: ["HONE_PRICES": "prices"])
    await server.stop()
    #expect(output.code == 0, "\(output.error)")
    for line in [
      "\(server.address)#any answers.", "tokens written a second", "the same answer twice",
      "price           a million tokens: $10 read, $20 written",
      "task.yaml, asked about 8 rows:", "answers         8 of 8 read",
      "calls           200 at most", "$0.05 at most",
    ] {
      #expect(output.out.contains(line), "\(line) is not in:\n\(output.out)")
    }
    #expect(output.out.split(separator: "\n").count <= 24)
    // Five short questions, one of them twice, and eight rows.
    #expect(server.requestCount == 13)

    let gone = try await command.run(
      "models", "test", server.address + "#any",
      environment: ["HONE_TRIES": "2", "HONE_RETRY_WAIT": "0.01"])
    #expect(gone.code != 0)
    #expect(gone.error.contains("did not answer"))
  }
}
