// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

struct StudentTTests {
  @Test(
    "The upper tail is that of tables",
    arguments: [
      (1.0, 1.0, 0.25), (12.706, 1, 0.025), (2.015, 5, 0.05), (1.812, 10, 0.05), (2.764, 10, 0.01),
      (1.697, 30, 0.05), (1.66, 99, 0.05), (0, 7, 0.5), (-2.015, 5, 0.95),
    ])
  func tables(t: Double, degrees: Double, tail: Double) {
    #expect(abs(StudentT.upperTail(t, degrees: degrees) - tail) < 2e-4)
  }

  @Test("Many degrees of freedom are the normal distribution")
  func normal() {
    #expect(abs(StudentT.upperTail(1.959964, degrees: 1e6) - 0.025) < 1e-5)
  }

  @Test("A mean above 0 is told from chance, and what cannot be tested is not")
  func means() {
    // R: t.test(c(1,2,3,4,5), alternative = "greater") has t = 4.2426, p = 0.006618.
    #expect(abs(StudentT.pValue(ofMeanAboveZero: [1, 2, 3, 4, 5]) - 0.006618) < 1e-5)
    #expect(StudentT.pValue(ofMeanAboveZero: [1, -1, 1, -1]) == 0.5)
    #expect(StudentT.pValue(ofMeanAboveZero: [1, 1, 1]) == 0)
    #expect(StudentT.pValue(ofMeanAboveZero: [-1, -1]) == 1)
    #expect(StudentT.pValue(ofMeanAboveZero: [0, 0]) == 0.5)
    #expect(StudentT.pValue(ofMeanAboveZero: [3]) == 1)
  }
}
