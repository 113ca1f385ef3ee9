// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneTraining

  /// The models that alignment asks: a prompter as it is now, and the model that answers.
  enum AlignmentWorld {
    /// A world of opened parts.
    /// - Parameters:
    ///   - file: The file of the model that the prompter changes.
    ///   - chat: How the prompter is asked.
    ///   - answering: The model that answers, greedily.
    ///   - reward: What answers are worth.
    ///   - maxTokens: The most tokens of an answer.
    /// - Returns: The world.
    static func world(
      file: URL, chat: PrompterChat, answering: any LanguageModel, reward: any Reward,
      maxTokens: Int
    ) -> PrompterAlignment.World {
      PrompterAlignment.World(
        prompter: { adapter in
          Prompter(model: try model(file: file, adapter: adapter, name: "prompter"), chat: chat)
        },
        answers: { try await answers(to: $0, by: answering, maxTokens: maxTokens) },
        reward: reward)
    }

    /// The likeliest answers to prompts.
    static func answers(
      to prompts: [String], by model: any LanguageModel, maxTokens: Int
    ) async throws -> [String] {
      try await texts(
        of: prompts.map {
          GenerationRequest(input: .chat([Message(.user, $0)]), maxTokens: maxTokens)
        }, by: model)
    }

    /// Opens a model with changes as they are in memory.
    static func model(file: URL, adapter: LowRankAdapter, name: String) throws -> LlamaModel {
      // The engine reads adapters from files; the file is not needed once it is read.
      let place = FileManager.default.temporaryDirectory
        .appending(path: "hone-\(UUID().uuidString).gguf")
      defer { try? FileManager.default.removeItem(at: place) }
      try adapter.write(to: place, architecture: try WeightFile(file: file).architecture)
      return try LlamaModel(file: file, name: name, adapter: place)
    }

    /// The texts that a model writes, in the order of the requests.
    static func texts(
      of requests: [GenerationRequest], by model: any LanguageModel
    ) async throws -> [String] {
      var texts = [String](repeating: "", count: requests.count)
      for try await element in model.generate(requests) {
        texts[element.index] = try element.result.get().text
      }
      return texts
    }
  }
#endif
