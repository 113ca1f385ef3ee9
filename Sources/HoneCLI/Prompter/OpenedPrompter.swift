// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneLlama
  import HoneModelFiles
  import HoneTraining

  /// Opens a prompter in the embedded engine.
  enum OpenedPrompter {
    /// Opens a prompter, as it was trained or as it was adapted to a target.
    /// - Throws: `TrainingError` when it is not there, `ModelError` when it cannot be run.
    static func open(
      _ folder: PrompterFolder, target: String?, _ opening: ModelOpening, maxTokens: Int = 256
    ) async throws -> Prompter {
      let chat = try folder.record().chat
      return Prompter(
        model: try await model(folder, target: target, opening), chat: chat, maxTokens: maxTokens)
    }

    /// Opens a prompter's model alone.
    static func model(
      _ folder: PrompterFolder, target: String?, _ opening: ModelOpening
    ) async throws -> LlamaModel {
      let record = try folder.record()
      guard let target else {
        return try LlamaModel(
          file: try await opening.file(record.model, as: .f16), name: folder.name,
          adapter: folder.adapter)
      }
      let merged = try folder.merged(target: target)
      return try LlamaModel(
        file: merged.model, name: "\(folder.name) for \(target)", adapter: folder.adapter,
        logitBias: merged.bias)
    }
  }
#endif
