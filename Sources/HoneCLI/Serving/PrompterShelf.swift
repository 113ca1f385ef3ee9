// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneServing
  import HoneTraining
  import Synchronization

  /// The prompters of a folder, each opened when it is first asked for.
  final class PrompterShelf: PromptService {
    private static let prefix = "prompter:"

    private let directory: URL
    private let opening: ModelOpening
    private let maxTokens: Int
    private let opened = Mutex<[String: Task<Prompter, any Error>]>([:])

    init(directory: URL, opening: ModelOpening, maxTokens: Int) {
      self.directory = directory
      self.opening = opening
      self.maxTokens = maxTokens
    }

    func models() async throws -> [ServedModel] {
      try PrompterFolder.names(in: directory).flatMap { name in
        let folder = try PrompterFolder(name, in: directory)
        let made = try? FileManager.default.attributesOfItem(atPath: folder.adapter.path)
        let created = Int((made?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)
        return ([name] + folder.targets.map { "\(name):\($0)" }).map {
          ServedModel(name: Self.prefix + $0, created: created)
        }
      }
    }

    func rewrites(of request: ServedPrompt) async throws -> [Generation] {
      let known = try await models().map(\.name)
      guard known.contains(request.model) else {
        throw ServedError.unknownModel(request.model, known: known)
      }
      var prompter = try await prompter(request.model).value
      prompter.maxTokens = min(maxTokens, request.maxTokens ?? maxTokens)
      let sampling = RewriteSampling(
        temperature: request.temperature ?? (request.count > 1 ? 1 : 0), topP: request.topP,
        topK: request.topK)
      return try await prompter.generations(
        of: [request.prompt], samples: request.count, sampling: sampling, seed: request.seed
      ).flatMap { $0 }
    }

    /// The opening of a prompter, begun once for all who ask; one that failed is begun anew.
    private func prompter(_ model: String) async -> Task<Prompter, any Error> {
      let task = opened.withLock { opened in
        if let task = opened[model] { return task }
        let task = Task { try await self.open(model) }
        opened[model] = task
        return task
      }
      if case .failure = await task.result { opened.withLock { $0[model] = nil } }
      return task
    }

    private func open(_ model: String) async throws -> Prompter {
      let parts = model.dropFirst(Self.prefix.count).split(separator: ":", maxSplits: 1)
      let folder = try PrompterFolder(String(parts.first ?? ""), in: directory)
      return try await OpenedPrompter.open(
        folder, target: parts.count > 1 ? String(parts[1]) : nil, opening, maxTokens: maxTokens)
    }
  }
#endif
