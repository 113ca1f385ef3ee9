// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A proposer, or the rule that finds one for a task's models.
public enum ProposerChoice: Sendable {
  /// The given proposer.
  case always(any Proposer)
  /// A prompter when one is named, the meta-prompt when a capable optimizer model is, else a mixture
  /// that leans on the phrasebook.
  ///
  /// A model counts as capable unless it is one of the small embedded ones. Those were tried: asked
  /// for 24 prompts on a sentiment task, 135 million parameters wrote none that beat the seed.
  case automatic(
    temperature: Double, maxTokens: Int, reads: PhrasebookProposer.Reading = .all)
  /// A method's own proposers: for a capable model, a small one that chats and a small base one.
  case fitting(capable: any Proposer, smallChat: any Proposer, smallBase: any Proposer)

  /// The proposer for a task.
  public func proposer(for task: PromptTask) -> any Proposer {
    switch self {
    case .always(let proposer): return proposer
    case .fitting(let capable, let smallChat, let smallBase):
      return switch Self.kind(ofOptimizerOf: task) {
      case nil: capable
      case .chat?: smallChat
      case .base?: smallBase
      }
    case .automatic(let temperature, let maxTokens, let reads):
      if PrompterProposer.isNamed(in: task) {
        return PrompterProposer(temperature: temperature, maxTokens: min(256, maxTokens))
      }
      let chat = MetaPromptProposer(temperature: temperature, maxTokens: maxTokens)
      // What a small model writes beyond a few sentences is never a prompt.
      let brief = MetaPromptProposer(temperature: temperature, maxTokens: min(128, maxTokens))
      let completion = CompletionProposer(temperature: temperature, maxTokens: min(128, maxTokens))
      switch Self.kind(ofOptimizerOf: task) {
      case nil: return chat
      case .chat?: return Self.mixture(with: brief, reads: reads)
      case .base?: return Self.mixture(with: completion, reads: reads)
      }
    }
  }

  private static func kind(ofOptimizerOf task: PromptTask) -> SmallModels.Kind? {
    SmallModels.kind(of: task.models[.optimizer] ?? task.models[.task] ?? "")
  }

  /// The phrasebook with a share for a model's own proposals.
  public static func mixture(
    with model: any Proposer, reads: PhrasebookProposer.Reading = .all
  ) -> MixtureProposer {
    MixtureProposer([
      .init(PhrasebookProposer(reads: reads), prior: 5), .init(model, prior: 1),
    ])
  }

  /// The most optimizer calls of a proposal.
  var mostCallsPerProposal: Int {
    switch self {
    case .always(let proposer): proposer.callsPerProposal
    case .fitting(let a, let b, let c): [a, b, c].map(\.callsPerProposal).max() ?? 0
    case .automatic: 1
    }
  }

  /// The most calls, over all roles, of proposing `count` instructions from one prompt.
  func mostCalls(proposing count: Int, facts: TaskFacts) -> Int {
    switch self {
    case .always(let proposer): proposer.mostCalls(proposing: count, facts: facts)
    case .fitting(let a, let b, let c):
      [a, b, c].map { $0.mostCalls(proposing: count, facts: facts) }.max() ?? 0
    case .automatic: count
    }
  }
}

/// The embedded models that are too small to write prompts.
enum SmallModels {
  enum Kind {
    case chat, base
  }

  /// The kind of a small model by its name; the default model's when no name is given, nil for any
  /// other model.
  static func kind(of name: String) -> Kind? {
    let name = name.lowercased()
    if name.isEmpty || name.hasPrefix("smollm2-135m") { return .chat }
    if name.hasPrefix("gemma-3-270m") { return name.hasSuffix("it") ? .chat : .base }
    return nil
  }
}
