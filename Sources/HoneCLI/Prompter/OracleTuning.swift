// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneTraining

  /// The tuning of the model that answers by the same reward with the same settings, for the gap to it.
  struct OracleTuning: Sendable {
    let rows: [QuestionFile.Row]
    let answering: String
    let reward: WeightedReward
    let settings: AlignmentSettings
    let opening: ModelOpening
    let console: Console

    /// The model after all rounds; they are saved, and go on where they stopped.
    func model(saving checkpoint: AlignmentCheckpoint) async throws -> LlamaModel {
      let file = try await opening.file(answering)
      let model = try DecoderModel(file: file)
      let start = try LowRankAdapter(LowRankSettings(), for: model, seed: settings.seed)
      // The model is its own prompter here: what it writes is the answer.
      let chat = PrompterChat(instruction: "")
      let world = PrompterAlignment.World(
        prompter: { adapter in
          Prompter(
            model: try AlignmentWorld.model(file: file, adapter: adapter, name: answering),
            chat: chat)
        },
        answers: { $0 }, reward: reward)
      let alignment = try PrompterAlignment(
        rows: rows, chat: chat, vocabulary: ModelVocabulary(file: file), model: model,
        settings: settings)
      let view = AlignmentView(.oracle, console: console, rounds: settings.rounds)
      let adapter = try await checkpoint.run(alignment, from: start, in: world, showing: view)
      return try AlignmentWorld.model(file: file, adapter: adapter, name: "oracle")
    }
  }
#endif
