// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HonePrograms
import Testing

@testable import WorkedPrograms

/// The programs of the examples' folder, each on its own rows with the embedded model.
///
/// What a model of 135 million parameters gets right is little; what the program does around it is
/// asked in full.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["HONE_TEST_MODEL"] != nil,
    "Set HONE_TEST_MODEL, or run `make test`"), .serialized)
struct ExampleProgramTests {
  private static let shared = Result<LlamaModel, any Error> {
    let path = ProcessInfo.processInfo.environment["HONE_TEST_MODEL"] ?? ""
    return try LlamaModel(
      file: URL(filePath: path), name: "test", options: LlamaOptions(threads: 1))
  }

  private func report(_ worked: WorkedProgram) async throws -> WorkedReport {
    let report = try await worked.report(by: try Self.shared.get())
    #expect(report.calls <= worked.rows.count * worked.program.callsPerExample)
    return report
  }

  @Test("Two hops look for the painter and then for the painter's town")
  func twoHops() async throws {
    let report = try await report(.twoHops(WorkedPrograms.data))
    #expect(report.results.allSatisfy { $0.trace.map(\.stage) == ["query", "query", "answer"] })
    #expect(report.right >= 2, "\(report.text)")
  }

  @Test("The right label of twenty is on the short list of three")
  func manyLabels() async throws {
    let report = try await report(.manyLabels(WorkedPrograms.data))
    let listed = zip(report.worked.rows, report.results).count { row, result in
      result.trace.last?.inputs["options"]?.contains(row.references[0]) == true
    }
    #expect(listed * 4 >= report.results.count * 3, "\(report.text)")
    #expect(report.right >= 2, "\(report.text)")
  }

  @Test("Word problems are solved by programs that are run")
  func wordProblems() async throws {
    let report = try await report(.wordProblems(WorkedPrograms.data))
    let printed = report.results.count { result in
      result.trace.last?.inputs["output"].map { !$0.hasPrefix("error") } == true
    }
    #expect(printed * 2 >= report.results.count, "\(report.text)")
  }

  @Test("The agent looks orders up by their numbers, and rules by their subjects")
  func supportAgent() async throws {
    let report = try await report(.supportAgent(WorkedPrograms.data))
    let tools = report.results.compactMap { $0.trace.first?.outputs["tool"] }
    #expect(Set(tools).isSubset(of: ["orders", "rules", "finish"]))
    #expect(report.results.indices.allSatisfy { report.answer($0) != nil }, "\(report.text)")
    #expect(report.right >= 1, "\(report.text)")
  }
}
