// SPDX-License-Identifier: Apache-2.0

import HoneLlama
import HoneTesting
import Testing

extension EngineTests {
  @Suite(.serialized)
  struct ContractTests {
    @Test("The engine obeys the contract of models")
    func obeys() async throws {
      // At half precision, what is in the cache changes the order of sums, and so, rarely, who wins
      // a close draw. Products in whole numbers are the same in any company.
      let isExact = try TestModel.isExact
      try await LanguageModelConformance(
        model: try TestModel.usual(), batchDifference: isExact ? 0 : 0.02,
        sampleDifference: isExact ? 0 : 0.25, likelihoodDifference: isExact ? 0 : 0.1
      ).checkAll()
    }
  }
}
