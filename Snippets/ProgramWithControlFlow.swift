// Run a program of two stages, with control flow of its own, on several examples at once.

import Hone

/// Drafts a line, and mends it only where it is too long.
struct ShortLine: ProgramBody {
  func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String] {
    let draft = try await run.call("draft", inputs)
    guard (draft["line"] ?? "").count > 40 else { return draft }
    return try await run.call("mend", inputs.merging(draft) { $1 })
  }
}

let program = Program(stages: [
  try Stage("draft", "topic -> line", instruction: "Write a line on the topic."),
  try Stage("mend", "topic, line -> short", instruction: "Say the line in fewer words."),
])

/// Stands for a model: any function that answers a batch will do.
func answers(_ requests: [GenerationRequest]) -> [Result<Generation, ModelError>] {
  requests.map { request in
    .success(Generation(text: "A line.", finish: .endOfTurn, usage: Usage()))
  }
}

// All drafts go out as one batch, then all lines to be mended as another.
let results = try await ProgramBatch(program: program, body: ShortLine()).run(
  ["rain", "snow"].map { topic in
    ProgramCase(prompts: Candidate(seedOf: program).prompts, inputs: ["topic": topic])
  }
) { answers($0) }
for result in results { print(try result.values.get()["line"] ?? "") }
