// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Draws instructions of the phrasebook's grammar without looking at any score.
///
/// Each is put together anew, each kind of component with its usual share; nothing that was tried and
/// nothing that was found has an effect on the draw. No model is called.
public struct FreshPhraseProposer: Proposer {
  /// Creates a proposer.
  public init() {}

  /// The name.
  public var name: String { "fresh-phrases" }
  /// It reads nothing.
  public var readsTrajectory: Bool { false }
  /// No model is called.
  public var callsPerProposal: Int { 0 }

  /// Draws `count` new instructions, fewer when the grammar has no more within the limit of words.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    let source = FormSource(
      grammar: Grammar(TaskVocabulary(task: session.task), maxWords: request.maxWords))
    var chance = session.random("\(name):\(request.step)")
    var known = request.seen
    var proposals: [Proposal] = []
    // A small grammar repeats itself; the number of draws is bounded so that it cannot hang.
    for _ in 0..<(count * 50) where proposals.count < count {
      let text = source.fresh(by: &chance).text
      let words = WordEditDistance.words(of: text).count
      guard (1...max(1, request.maxWords)).contains(words), known.insert(text).inserted else {
        continue
      }
      proposals.append(Proposal(source: name, move: "\(name): new", text: text))
    }
    return proposals
  }
}
