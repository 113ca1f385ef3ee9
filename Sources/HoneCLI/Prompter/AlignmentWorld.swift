// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModels
  import HoneTraining

  /// The models that alignment asks: the prompter as it is, the model that answers, the judge.
  enum AlignmentWorld {
    /// Opens them.
    static func open(
      file: URL, record: PrompterRecord, rows: [QuestionFile.Row], answering: String,
      reward: RewardOptions, rubric: String, maxTokens: Int, _ opening: ModelOpening
    ) async throws -> PrompterAlignment.World {
      let remote = RemoteModelOpener(
        environment: opening.environment,
        options: try RemoteSettings.options(in: opening.environment))
      let target = try await opening.open(answering, remote)
      var judge: (any LanguageModel)?
      if let name = reward.judge { judge = try await opening.open(name, remote) }
      let judging = judge
      let scorer = try reward.configuration.map { try MetricScorer($0, kind: .freeText) }
      return PrompterAlignment.World(
        prompter: { adapter in
          // The engine reads adapters from files; the file is not needed once it is read.
          let place = FileManager.default.temporaryDirectory
            .appending(path: "hone-\(UUID().uuidString).gguf")
          defer { try? FileManager.default.removeItem(at: place) }
          let family = try WeightFile(file: file).architecture
          try adapter.write(to: place, architecture: family)
          return Prompter(
            model: try LlamaModel(file: file, name: "prompter", adapter: place), chat: record.chat)
        },
        answers: { prompts in
          try await texts(
            of: prompts.map { .chat([Message(.user, $0)]) }, by: target, maxTokens: maxTokens)
        },
        rewards: { answers in
          var rewards = [Double](repeating: 0, count: answers.count)
          if let scorer {
            for (index, answer) in answers.enumerated() {
              rewards[index] += score(answer.answer, rows[answer.prompt], by: scorer)
            }
          }
          guard let judging else { return rewards }
          let grades = try await grades(of: answers, rows, rubric, by: judging)
          // With both, each counts half.
          return zip(rewards, grades).map { scorer == nil ? $1 : ($0 + $1) / 2 }
        })
    }

    private static func score(
      _ answer: String, _ row: QuestionFile.Row, by scorer: MetricScorer
    ) -> Double {
      let example = Example(
        id: "row", fields: ["prompt": row.prompt], references: [row.reference ?? ""])
      return scorer.outcome(response: answer, answer: answer, example: example).value ?? 0
    }

    private static func grades(
      of answers: [(prompt: Int, answer: String)], _ rows: [QuestionFile.Row], _ rubric: String,
      by judge: any LanguageModel
    ) async throws -> [Double] {
      let inputs = answers.map { answer in
        let row = rows[answer.prompt]
        let example = Example(
          id: "row", fields: ["prompt": row.prompt], references: row.reference.map { [$0] } ?? [])
        let request = JudgeRequest(rubric: rubric, example: example, response: answer.answer)
        return ModelInput.chat(request.messages)
      }
      let judgements = try await texts(of: inputs, by: judge, maxTokens: 256)
      return try judgements.map { text in
        guard let grade = JudgeGrade(text) else {
          throw CommandFailure(
            .failed, "the judge gave no grade that can be read; choose an abler judge")
        }
        return grade.grade / 10
      }
    }

    private static func texts(
      of inputs: [ModelInput], by model: any LanguageModel, maxTokens: Int
    ) async throws -> [String] {
      var texts = [String](repeating: "", count: inputs.count)
      let requests = inputs.map { GenerationRequest(input: $0, maxTokens: maxTokens) }
      for try await element in model.generate(requests) {
        texts[element.index] = try element.result.get().text
      }
      return texts
    }
  }
#endif
