// SPDX-License-Identifier: Apache-2.0

import HoneLlama
import HoneTesting
import Testing

extension EngineTests {
  @Suite(.serialized)
  struct ContractTests {
    @Test("The engine obeys the contract of models")
    func obeys() async throws {
      // What is in the cache changes the order of sums, and so, rarely, who wins a close draw.
      try await LanguageModelConformance(
        model: try TestModel.usual(), sampleDifference: 0.25, likelihoodDifference: 0.1
      ).checkAll()
    }
  }
}
