// SPDX-License-Identifier: Apache-2.0

import HoneLlama
import HoneTesting
import Testing

extension EngineTests {
  @Suite(.serialized)
  struct ContractTests {
    @Test("The engine obeys the contract of models")
    func obeys() async throws {
      try await LanguageModelConformance(model: try TestModel.usual()).checkAll()
    }
  }
}
