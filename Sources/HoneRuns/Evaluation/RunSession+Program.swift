// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HonePrograms

extension RunSession {
  /// Runs a program with typed fields or control flow of its own.
  ///
  /// The response of a trial is the value of the last stage's output, from which the answer is read.
  func runProgram(for trials: inout [Trial]) async throws {
    guard let output = task.program.stages.last?.output else {
      throw RunError.badTask("the task's program has no stage; give it a prompt")
    }
    let batch = ProgramBatch(
      program: task.program, body: body ?? StageSequence(), generation: task.generation,
      seed: task.seed)
    let results: [ProgramResult]
    do {
      results = try await batch.run(
        trials.map { ProgramCase(prompts: $0.candidate.prompts, inputs: $0.fields) }
      ) { requests in try await self.generate(requests, as: .task) }
    } catch let mistake as ProgramMistake {
      throw RunError.badTask("\(mistake)")
    }
    for (index, result) in zip(trials.indices, results) {
      trials[index].trace = result.trace
      switch result.values {
      case .failure(let failure): trials[index].outcome = failure.outcome
      case .success(let values):
        guard let value = values[output] else {
          throw RunError.badTask(
            "the program ended without a value for \(output), the output of its last stage")
        }
        trials[index].response = value
        trials[index].answer = task.answer.kind.read(value)
      }
    }
  }
}
