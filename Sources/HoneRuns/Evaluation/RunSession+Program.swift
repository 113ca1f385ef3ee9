// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HonePrograms
import Synchronization

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
      seed: task.seed, indexes: try await openedIndexes())
    let open = trials.indices.filter { trials[$0].outcome == nil }
    let results: [ProgramResult]
    do {
      results = try await batch.run(
        open.map { ProgramCase(prompts: trials[$0].prompts, inputs: trials[$0].fields) },
        embed: { texts in try await self.embed(texts) }
      ) { requests in try await self.generate(requests, as: .task) }
    } catch let mistake as ProgramMistake {
      throw RunError.badTask("\(mistake)")
    }
    let kind = PreparedAnswerKind(task.answer.kind)
    for (index, result) in zip(open, results) {
      trials[index].trace = result.trace
      switch result.values {
      case .failure(let failure): trials[index].outcome = failure.outcome
      case .success(let values):
        guard let value = values[output] else {
          throw RunError.badTask(
            "the program ended without a value for \(output), the output of its last stage")
        }
        trials[index].response = value
        trials[index].answer = kind.read(value)
      }
    }
  }

  /// The indexes of stages that retrieve, opened with the first batch.
  private func openedIndexes() async throws -> [String: any PassageSearch] {
    if let known = state.withLock({ $0.indexes }) { return known }
    do {
      let opened = try await OpenedIndexes.open(task.program, embedder: models.embedder)
      state.withLock { $0.indexes = opened }
      return opened
    } catch let problem as PassageFileProblem {
      throw RunError.badTask("\(problem)")
    } catch let problem as PassageIndexProblem {
      throw RunError.badTask("\(problem)")
    }
  }
}
