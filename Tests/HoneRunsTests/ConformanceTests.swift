// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneTesting
import Testing

@Suite struct ConformanceTests {
  @Test func `A well-behaved optimizer passes every check`() async throws {
    try await OptimizerConformance(optimizer: WordSearch(steps: 2)).checkAll()
  }

  @Test func `A well-behaved model passes every check`() async throws {
    let model = ScriptedModel { request throws(ModelError) in
      guard request.promptText.utf8.count < 100_000 else {
        throw ModelError(.tooLong, "at most 100000 bytes")
      }
      let draw = request.temperature > 0 ? "\(request.seed) \(request.sampleIndex)" : ""
      let text = StableHash.hex(request.promptText + draw)
      let end = request.stop.compactMap { text.range(of: $0)?.lowerBound }.min()
      return String(text[..<(end ?? text.endIndex)])
    }
    try await LanguageModelConformance(model: model).checkAll()
  }

  @Test func `An optimizer that draws from elsewhere is found out`() async throws {
    await fails("the same seed makes the same run") {
      try await OptimizerConformance(optimizer: Faulty(fault: .drawsElsewhere)).checkSeeds()
    }
    await fails("a resumed run equals") {
      try await OptimizerConformance(optimizer: Faulty(fault: .drawsElsewhere)).checkResume()
    }
  }

  @Test func `An optimizer that ignores its seed is found out`() async throws {
    await fails("another seed makes another run") {
      try await OptimizerConformance(optimizer: Faulty(fault: .ignoresSeed)).checkSeeds()
    }
  }

  @Test func `An optimizer that claims another score is found out`() async throws {
    await fails("the best dev score is the one evaluated") {
      try await OptimizerConformance(optimizer: Faulty(fault: .boasts)).checkBestCandidate()
    }
  }

  @Test func `A cancellation that an optimizer swallows still ends and resumes the run`()
    async throws
  {
    let checks = OptimizerConformance(optimizer: Faulty(fault: .swallows))
    try await checks.checkCancellation()
    try await checks.checkResume()
  }

  @Test func `An optimizer that understates its cost is found out`() async throws {
    await fails("no more calls than its plan says") {
      try await OptimizerConformance(optimizer: Faulty(fault: .understates)).checkBudget()
    }
  }

  @Test func `A model that ignores the sample index is found out`() async throws {
    await fails("the sample index chooses the sample") {
      try await LanguageModelConformance(model: ScriptedModel { _ in "same" }).checkSampling()
    }
  }

  @Test func `A model that answers by chance is found out`() async throws {
    let calls = CountingSeed()
    await fails("the same greedy batch") {
      try await LanguageModelConformance(model: ScriptedModel { _ in calls.next() }).checkGreedy()
    }
  }

  private func fails(_ rule: String, _ check: () async throws -> Void) async {
    let failure = await #expect(throws: ConformanceFailure.self) { try await check() }
    #expect(failure?.rule.contains(rule) == true, "\(String(describing: failure))")
  }
}
