// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The k prompts of the path most similar to the current one, the most similar last.
///
/// Over reflections: the k earlier ones most similar to the step's own. Similarity is the cosine of
/// the embedder's vectors. The current prompt is its own nearest and so always the last. Costs one
/// embedder call for each text not embedded before, one a step for each prompt it starts from as a
/// rule. Where there is no embedder the last k are shown instead, with a note.
public struct RelevanceSelection: TrajectorySelection {
  /// How many to show.
  public var k: Int
  /// What to look back on.
  public var source: TrajectorySource

  /// Creates a selection of k.
  public init(k: Int, of source: TrajectorySource = .winners) {
    self.k = k
    self.source = source
  }

  /// A vector for each prompt a step starts from; over all candidates one for each of them.
  public func mostCalls(parents: Int, candidates: Int) -> Int {
    source == .candidates ? candidates : parents
  }

  /// The k most similar; of equally similar ones the newer is nearer.
  public func excerpt(
    of trajectory: inout Trajectory, around focus: TrajectoryFocus,
    in session: any OptimizationSession
  ) async throws -> TrajectoryExcerpt {
    var others = trajectory.items(of: source, endingWith: focus)
    // The current prompt is shown as the last one; the step's reflection is shown elsewhere.
    let current = source == .reflections ? nil : others.popLast()
    let fixed = current.map { [$0] } ?? []
    guard let query = current?.text ?? focus.reflection else {
      return RecencySelection(k: k, of: source).excerpt(of: &trajectory, around: focus, in: session)
    }
    guard !others.isEmpty else { return TrajectoryExcerpt(items: fixed, order: order) }
    let texts = (others + fixed).map(\.text) + [query]
    if let problem = try await embedMissing(texts, in: &trajectory, session) {
      var recent = RecencySelection(k: k, of: source).excerpt(
        of: &trajectory, around: focus, in: session)
      recent.note =
        "There is no embedder (\(problem)); the trajectory shows the \(k) most recent \(noun) "
        + "instead of the most relevant ones."
      return recent
    }
    let similarities = others.map { item in
      guard let a = trajectory.embeddings[item.text], let b = trajectory.embeddings[query] else {
        return 0.0
      }
      return a.cosine(to: b)
    }
    let ranked = others.indices.sorted { (similarities[$0], $0) > (similarities[$1], $1) }
    let chosen = (fixed + ranked.map { others[$0] }).prefix(k).reversed()
    return TrajectoryExcerpt(items: Array(chosen), order: order)
  }

  private var order: String {
    let current =
      source == .reflections ? "what is wrong with the current prompt" : "the current prompt"
    return "from the least similar to \(current) to the most similar"
  }

  private var noun: String { source == .reflections ? "reflections" : "prompts" }

  /// Embeds what has no vector yet; returns why that could not be done, or nil.
  private func embedMissing(
    _ texts: [String], in trajectory: inout Trajectory, _ session: any OptimizationSession
  ) async throws -> String? {
    var missing: [String] = []
    for text in texts where trajectory.embeddings[text] == nil && !missing.contains(text) {
      missing.append(text)
    }
    guard !missing.isEmpty else { return nil }
    do {
      for (text, result) in zip(missing, try await session.embed(missing)) {
        trajectory.embeddings[text] = try result.get()
      }
    } catch let error as ModelError {
      return error.message
    }
    return nil
  }
}

extension TrajectorySelection where Self == RelevanceSelection {
  /// The k most similar to the current one.
  public static func relevance(
    _ k: Int, of source: TrajectorySource = .winners
  ) -> RelevanceSelection { RelevanceSelection(k: k, of: source) }
}
