// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hone
import HoneCore
import HonePrograms
import HoneRuns

/// Measures what a program of three stages costs beside the model; prints one line of JSON.
///
/// Usage: `ProgramBench EXAMPLES ROUNDS`. `batch` is a `ProgramBatch` alone: prompts written, examples
/// kept in step, replies read. `run` is a whole evaluation, with metric, journal and store on disk. Both
/// are microseconds of processor time a call, less those of the scripted model; the median of the
/// rounds is given.
@main
enum ProgramBench {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard arguments.count == 2, let examples = arguments.first, let rounds = arguments.last,
      examples > 0, rounds > 0
    else {
      FileHandle.standardError.write(Data("usage: ProgramBench EXAMPLES ROUNDS\n".utf8))
      exit(2)
    }
    var (batch, run): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      let model = try await modelAlone(examples)
      batch.append(try await batchAlone(examples) - model)
      run.append(try await wholeRun(examples) - model)
    }
    let scale = 1e6 / Double(3 * examples)
    print(
      #"{"examples":\#(examples),"batch":\#(median(batch) * scale),"#
        + #""run":\#(median(run) * scale)}"#)
  }

  /// Seconds that the scripted model takes for all calls.
  private static func modelAlone(_ examples: Int) async throws -> Double {
    let model = PreparedModel()
    let requests = [GenerationRequest](
      repeating: GenerationRequest(input: .text(""), maxTokens: 1), count: examples)
    let watch = Stopwatch()
    for _ in 0..<3 { for try await _ in model.generate(requests) {} }
    return watch.cpuSeconds
  }

  private static func batchAlone(_ examples: Int) async throws -> Double {
    let program = try BenchProgram.make()
    let prompts = Candidate(seedOf: program).prompts
    let cases = BenchProgram.examples(examples).map {
      ProgramCase(prompts: prompts, inputs: $0.fields)
    }
    let model = PreparedModel()
    let watch = Stopwatch()
    let results = try await ProgramBatch(program: program).run(cases) { model.next($0.count) }
    let cpu = watch.cpuSeconds
    for (number, result) in results.enumerated() {
      guard try result.values.get()["final"] == "\(number + 3)", result.trace.count == 3 else {
        fail("example \(number) was answered wrongly")
      }
    }
    return cpu
  }

  private static func wholeRun(_ examples: Int) async throws -> Double {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "hone-program-bench-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let optimizer = EvaluateOnce()
    let run = try Run.create(
      BenchProgram.task(examples: examples), models: ModelSet(task: PreparedModel()),
      optimizer: optimizer, in: RunCatalog(folder))
    let record = try await run.perform()
    guard let found = optimizer.found, found.score == 1, record.spend.totalCalls == 3 * examples
    else { fail("the run did not answer all rows rightly") }
    return found.cpu
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private static func fail(_ problem: String) -> Never {
    FileHandle.standardError.write(Data("\(problem)\n".utf8))
    exit(1)
  }
}
