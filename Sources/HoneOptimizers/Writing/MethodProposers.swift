// SPDX-License-Identifier: Apache-2.0

/// Which of a method's ways to propose is taken.
public enum ProposerKind: String, Sendable, Hashable, CaseIterable {
  /// A chat with a capable optimizer model, a mixture with a small embedded one.
  case auto
  /// A chat with the optimizer model.
  case metaPrompt = "meta-prompt"
  /// Texts that the optimizer model continues.
  case completion
  /// No model.
  case phrasebook
  /// The phrasebook with a share for chats with the optimizer model.
  case mixture
}

/// A method's proposers for the models there are.
struct MethodProposers {
  /// For a capable model.
  var chat: any Proposer
  /// For a base model.
  var completion: any Proposer
  /// Without a model.
  var phrasebook: any Proposer
  /// For those who want both.
  var mixture: any Proposer
  /// For a small model that chats.
  var smallChat: any Proposer
  /// For a small base model.
  var smallBase: any Proposer

  /// Makes the proposers that ask a model, and mixtures of them with the phrasebook's.
  init(
    phrasebook: any Proposer = PhrasebookProposer(), temperature: Double, maxTokens: Int,
    asking: (Writer) -> any Proposer
  ) {
    let brief = min(128, maxTokens)
    chat = asking(Writer(.chat, temperature: temperature, maxTokens: maxTokens))
    completion = asking(Writer(.completion, temperature: temperature, maxTokens: brief))
    self.phrasebook = phrasebook
    mixture = Self.mixture(phrasebook, chat)
    // What a small model writes beyond a few sentences is never a prompt.
    smallChat = Self.mixture(
      phrasebook, asking(Writer(.chat, temperature: temperature, maxTokens: brief)))
    smallBase = Self.mixture(phrasebook, completion)
  }

  /// These in the first step, others in the later ones.
  func then(_ later: MethodProposers) -> MethodProposers {
    var result = self
    result.chat = StagedProposer(first: chat, later: later.chat)
    result.completion = StagedProposer(first: completion, later: later.completion)
    result.phrasebook = StagedProposer(first: phrasebook, later: later.phrasebook)
    result.mixture = StagedProposer(first: mixture, later: later.mixture)
    result.smallChat = StagedProposer(first: smallChat, later: later.smallChat)
    result.smallBase = StagedProposer(first: smallBase, later: later.smallBase)
    return result
  }

  /// The choice of one, with at most so many proposals from one prompt.
  func choice(_ kind: ProposerKind, most: Int) -> ProposerChoice {
    func limited(_ proposer: any Proposer) -> any Proposer {
      LimitedProposer(proposer, most: most)
    }
    return switch kind {
    case .auto:
      .fitting(
        capable: limited(chat), smallChat: limited(smallChat), smallBase: limited(smallBase))
    case .metaPrompt: .always(limited(chat))
    case .completion: .always(limited(completion))
    case .phrasebook: .always(limited(phrasebook))
    case .mixture: .always(limited(mixture))
    }
  }

  private static func mixture(
    _ phrasebook: any Proposer, _ model: any Proposer
  ) -> MixtureProposer {
    MixtureProposer([.init(phrasebook, prior: 5), .init(model, prior: 1)])
  }
}
