// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import HoneTesting
import Testing

struct LandscapeTableTests {
  private static func table(_ methods: [LandscapeMethod], seeds: Int) async throws -> LandscapeTable
  {
    try await LandscapeTable(
      methods: methods, qualities: [0, 1], seeds: seeds, calls: 800, dev: 25)
  }

  @Test("Every search for an instruction runs within its calls and passes the starting prompt")
  func all() async throws {
    let methods = try LandscapeMethod.all()
    // The others search for demonstrations, which a landscape has not, or in few rounds.
    let without: Set = [
      "labeled-few-shot", "bootstrap-few-shot", "bootstrap-random-search", "bootstrap-tpe",
      "knn-few-shot", "copro", "mipro", "gepa", "capo", "simba",
    ]
    #expect(Set(methods.map(\.name)) == Set(Catalog.all.map(\.name)).subtracting(without))
    let table = try await Self.table(methods, seeds: 8)
    for row in table.cells {
      for cell in row {
        #expect(cell.scores.count == 8)
        #expect(cell.calls.allSatisfy { $0 > 100 && $0 <= 800 })
      }
      #expect(mean(row[1]) > table.bounds.start)
      #expect(mean(row[1]) <= table.bounds.best)
    }
  }

  @Test("GPO gets more out of a better optimizer model, and then more than random draws")
  func quality() async throws {
    let methods = try LandscapeMethod.all().filter { ["gpo", "random"].contains($0.name) }
    let table = try await Self.table(methods, seeds: 24)
    let gpo = try #require(table.methods.firstIndex(of: "gpo"))
    let random = try #require(table.methods.firstIndex(of: "random"))
    #expect(mean(table.cells[gpo][1]) > mean(table.cells[gpo][0]) + 0.03)
    #expect(mean(table.cells[gpo][1]) > mean(table.cells[random][1]) + 0.03)
    #expect(table.cells[random][0] == table.cells[random][1])
  }

  @Test("A method that never moves loses to one that draws at random")
  func winners() async throws {
    let random = try LandscapeMethod.all().filter { $0.name == "random" }
    let table = try await Self.table(
      random + [LandscapeMethod("still", StandingStill())], seeds: 8)
    #expect(table.winners(at: 1) == [0])
    #expect(table.losers(to: "random", at: 1) == [1])
    #expect(table.losers(to: "still", at: 1).isEmpty)
    #expect(abs(mean(table.cells[1][1]) - table.bounds.start) < 1e-12)
    #expect(table.markdown.contains("| still | \(text(table.bounds.start))"))
    #expect(table.markdown.contains("| random | **"))
  }

  private func text(_ share: Double) -> String {
    String(format: "%.1f", 100 * share)
  }

  @Test("The same seeds give the same table")
  func repeated() async throws {
    let methods = try LandscapeMethod.all()
    let first = try await Self.table(methods, seeds: 3)
    #expect(try await Self.table(methods, seeds: 3).markdown == first.markdown)
  }

  private func mean(_ cell: LandscapeTable.Cell) -> Double {
    cell.scores.reduce(0, +) / Double(cell.scores.count)
  }
}

/// Returns the prompt it starts from.
private struct StandingStill: Optimizer {
  let name = "still"

  func cost(of facts: TaskFacts) -> SearchCost {
    SearchCost(minimum: 0, maximum: 0)
  }

  func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let seed = Candidate(seedOf: session.task.program)
    return SearchResult(best: seed, devScore: nil, seedDevScore: nil, end: .finished)
  }
}
