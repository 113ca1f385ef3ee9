// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneRuns
import HoneTesting
import Testing

struct UsualCallsTests {
  @Test("A search is planned by the calls of replies that can be read, its most by all retries")
  func plan() throws {
    let loaded = try TwoStageTask.loaded(train: 8, dev: 8, test: 2)
    #expect(loaded.task.program.callsPerExample == 4 && loaded.task.program.usualCalls == 2)
    let optimizer = BootstrapRandomSearch(sets: 1)
    let plan = try RunPlan(loaded, optimizer: optimizer)
    func cost(_ calls: Int) -> SearchCost {
      optimizer.cost(of: TaskFacts(train: 8, dev: 8, callsPerExample: calls, stages: 2))
    }
    #expect(plan.search == SearchCost(minimum: cost(2).minimum, maximum: cost(4).maximum))
    #expect(plan.finalTestCalls == 2 * 2 * 4)
  }

  @Test(
    "With the least budget a search ends within it, also when every reply must be asked for again",
    arguments: [false, true])
  func budget(isUnreadableAtFirst: Bool) async throws {
    let optimizer = BootstrapRandomSearch(sets: 1, batch: 1)
    let needed = try RunPlan(
      TwoStageTask.loaded(train: 8, dev: 8, test: 2), optimizer: optimizer
    ).minimumCalls
    let loaded = try TwoStageTask.loaded(
      train: 8, dev: 8, test: 2, budget: Budget(calls: needed))
    let model = ScriptedModel { request throws(ModelError) in
      let isAgain = request.promptText.contains("cannot be read")
      if isUnreadableAtFirst, !isAgain { return " " }
      guard isAgain else { return try TwoStageTask.answer(request) }
      return request.promptText.contains("Kind:") && request.promptText.contains("colour")
        ? "Colour: red" : "Kind: any"
    }
    let folder = try TemporaryFolder()
    let record = try await ScriptedRun.perform(
      loaded, optimizer: optimizer, models: ModelSet(task: model, optimizer: model),
      in: folder.url)
    #expect(record.spend.totalCalls <= needed)
    #expect(model.calls <= needed)
    let result = try #require(record.result)
    #expect(result.bestTest != nil && result.seedDevScore != nil)
    if !isUnreadableAtFirst { #expect(record.candidates.count > 1) }
  }
}
