// SPDX-License-Identifier: Apache-2.0

import HoneLlama
import Testing

struct ThreadCountTests {
  @Test("The engine has at least one thread, and as many as it is given")
  func threads() {
    #expect(LlamaOptions().threads >= 1)
    #expect(LlamaOptions(threads: 7).threads == 7)
  }
}
