// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Statistics equal SciPy's")
struct StatisticsFixtureTests {
  private struct Document: Decodable {
    struct McNemarRow: Decodable {
      var wins: Int
      var losses: Int
      var p: Double
    }
    struct WilsonRow: Decodable {
      var successes: Int
      var trials: Int
      var lower: Double
      var upper: Double
    }
    struct PermutationRow: Decodable {
      var differences: [Double]
      var p: Double
    }
    struct BootstrapRow: Decodable {
      var values: [Double]
      var lower: Double
      var upper: Double
    }

    var mcnemar: [McNemarRow]
    var wilson: [WilsonRow]
    var permutation: [PermutationRow]
    var bootstrap: [BootstrapRow]
  }

  @Test("McNemar's p-value is exact, also for many pairs")
  func mcnemar() throws {
    for row in try Fixture.read("statistics", as: Document.self).mcnemar {
      let p = McNemar.pValue(wins: row.wins, losses: row.losses)
      #expect(abs(p - row.p) < 1e-9, "\(row.wins) against \(row.losses)")
    }
  }

  @Test("Wilson's interval is exact")
  func wilson() throws {
    for row in try Fixture.read("statistics", as: Document.self).wilson {
      let estimate = EstimatedMean.wilson(successes: row.successes, of: row.trials)
      #expect(abs(estimate.lower - row.lower) < 1e-9)
      #expect(abs(estimate.upper - row.upper) < 1e-9)
    }
  }

  @Test("the permutation test is exact for few pairs and near for many")
  func permutation() throws {
    for row in try Fixture.read("statistics", as: Document.self).permutation {
      let p = PermutationTest.pValue(differences: row.differences, seed: 3)
      let isExact = row.differences.count { $0 != 0 } <= PermutationTest.exactLimit
      // Five standard errors of both estimates.
      let error = 5 * (row.p * (1 - row.p) * (1 / 20_000 + 1 / 200_000)).squareRoot() + 1e-4
      #expect(abs(p - row.p) < (isExact ? 1e-9 : error), "\(row.differences.count) differences")
    }
  }

  @Test("the bootstrap interval is near one of many more samples")
  func bootstrap() throws {
    for row in try Fixture.read("statistics", as: Document.self).bootstrap {
      let estimate = try #require(EstimatedMean.bootstrap(row.values, seed: 5))
      let width = row.upper - row.lower
      #expect(abs(estimate.lower - row.lower) < 0.05 * width)
      #expect(abs(estimate.upper - row.upper) < 0.05 * width)
    }
  }
}
