// SPDX-License-Identifier: Apache-2.0

/// A method's own proposers, and the rule by which one is taken.
struct MethodProposers {
  /// For a capable model.
  var chat: any Proposer
  /// For a small model that chats.
  var brief: any Proposer
  /// For a base model.
  var completion: any Proposer
  /// Without a model.
  var phrasebook: any Proposer

  /// The proposer that a setting's word names.
  func choice(_ word: String) -> ProposerChoice {
    switch word {
    case "meta-prompt": .always(chat)
    case "completion": .always(completion)
    case "phrasebook": .always(phrasebook)
    case "mixture": .always(mixture(chat))
    default:
      .fitting(capable: chat, smallChat: mixture(brief), smallBase: mixture(completion))
    }
  }

  /// The phrasebook with a share for a model's own proposals.
  private func mixture(_ model: any Proposer) -> MixtureProposer {
    MixtureProposer([.init(phrasebook, prior: 5), .init(model, prior: 1)])
  }
}
