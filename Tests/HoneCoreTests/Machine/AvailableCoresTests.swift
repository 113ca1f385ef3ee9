// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HoneCore

struct AvailableCoresTests {
  @Test(
    "The cores of a process are counted from the mask of its status",
    arguments: [
      ("Name:\thone\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", 2),
      ("Cpus_allowed:\tff,ffffffff\n", 40), ("Cpus_allowed:\t00000000,00000010\n", 1),
    ])
  func status(text: String, count: Int) {
    #expect(AvailableCores.cores(ofStatus: text) == count)
  }

  @Test(
    "A container's limit of time is as many cores, rounded up",
    arguments: [("150000 100000\n", 2), ("50000 100000\n", 1), ("400000 100000", 4)])
  func limit(text: String, count: Int) {
    #expect(AvailableCores.cores(ofLimit: text) == count)
  }

  @Test("No limit and texts of another kind are no count")
  func none() {
    for text in ["max 100000\n", "", "100000", "-1 100000", "1 0", "nan 1", "1e300 1e-9"] {
      #expect(AvailableCores.cores(ofLimit: text) == nil, "\(text)")
    }
    #expect(AvailableCores.cores(ofStatus: "Name:\thone\n") == nil)
    #expect(AvailableCores.cores(ofStatus: "Cpus_allowed:\t0\n") == nil)
  }

  @Test("Here there is at least one core")
  func here() {
    #expect(AvailableCores.count >= 1)
  }
}
