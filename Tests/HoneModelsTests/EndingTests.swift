// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneTesting
import Testing

@testable import HoneModels

/// What becomes of answers that are none.
@Suite struct EndingTests {
  /// A response by the number of the review it is about.
  private static func reply(_ call: HTTPCall) -> HTTPReply {
    let text = String(decoding: call.body ?? Data(), as: UTF8.self)
    func isAbout(_ number: Int) -> Bool { text.contains("number \(number)\"") }
    func choice(_ content: String, _ finish: String, refusal: String = "null") -> HTTPReply {
      let json = """
        {"choices":[{"message":{"role":"assistant","content":"\(content)","refusal":\(refusal)},\
        "finish_reason":"\(finish)"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}
        """
      return HTTPReply(status: 200, body: Data(json.utf8))
    }
    if isAbout(12) { return choice("", "stop", refusal: "\"I will not.\"") }
    if isAbout(13) { return choice("", "content_filter") }
    if isAbout(14) { return .error(400, "filtered", code: "content_filter") }
    if isAbout(15) { return choice("  ", "stop") }
    if isAbout(16) { return choice("I think that the", "length") }
    if isAbout(17) { return choice("negative, I", "length") }
    if isAbout(18) { return .error(400, "no such parameter") }
    if isAbout(19) { return choice("Who knows?", "stop") }
    return choice("positive", "stop")
  }

  @Test func `Each kind of missing answer is an outcome of its own and is counted`() async throws {
    let bench = Bench { call, _ in Self.reply(call) }
    let run = try EvaluationRun(
      ReviewTask.make(budget: Budget()),
      models: ModelSet(task: try await bench.opener.open("openai:gpt-4o-mini")),
      options: ScriptedRun.options)
    let seed = Candidate(seedOf: run.task.program)
    let evaluation = try #require(try await run.evaluate([seed], on: .dev).first)
    #expect(
      evaluation.results.prefix(8).map(\.outcome.name) == [
        "refused", "filtered", "filtered", "empty", "cut", "scored", "failed", "unparsable",
      ])
    // Refusals, filters and failures are not counted in the mean; the others count as wrong.
    #expect(evaluation.coverage == 12.0 / 16)
    let endings = run.spend.totalEndings
    #expect(endings[.refused] == 1)
    #expect(endings[.filtered] == 2)
    #expect(endings[.empty] == 1)
    #expect(endings[.cut] == 2)
    #expect(endings[.failed] == 1)
    #expect(run.spend.totalCalls == 16)
  }
}
