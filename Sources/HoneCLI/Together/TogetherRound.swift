// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import HoneCore

  /// What a round of better-together changes.
  enum TogetherRound: String, Sendable, Hashable, Codable, CaseIterable {
    /// The prompt, by the task's search.
    case prompt
    /// The task model's weights, by its own right answers.
    case weights

    /// Reads a list such as `prompt,weights,prompt`.
    static func rounds(_ list: String) throws -> [TogetherRound] {
      let words = list.split(separator: ",", omittingEmptySubsequences: false).map {
        String($0).trimmed
      }
      return try words.map { word in
        guard let round = TogetherRound(rawValue: word) else {
          throw ValidationError(
            NearestName.message(
              "“\(word)” is no round", for: word, among: allCases.map(\.rawValue)))
        }
        return round
      }
    }
  }

  /// A prompt and a model that belong together.
  struct TogetherStanding: Sendable, Hashable {
    /// What it came from, such as `2 weights`.
    var name: String
    /// The prompt.
    var candidate: Candidate
    /// The task model, with its adapter if it has one.
    var model: String
  }
#endif
