// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The k prompts of the path most similar to the current one, the most similar last.
///
/// Similarity is the cosine of the embedder's vectors. The current prompt is its own nearest and so
/// always the last. Costs one embedder call for each prompt not embedded before, one a step as a
/// rule. Where there is no embedder the last k prompts are shown instead, with a note.
public struct RelevanceSelection: TrajectorySelection {
  /// How many to show.
  public var k: Int

  /// Creates a selection of k prompts.
  public init(k: Int) {
    self.k = k
  }

  /// The k most similar prompts; of equally similar ones the newer is nearer.
  public func excerpt(
    of trajectory: inout Trajectory, in session: any OptimizationSession
  ) async throws -> TrajectoryExcerpt {
    let path = trajectory.path
    guard path.count > 1, let current = path.last else {
      return TrajectoryExcerpt(entries: path, order: Self.order)
    }
    if let problem = try await embedMissing(in: &trajectory, session) {
      var recent = RecencySelection(k: k).excerpt(of: &trajectory, in: session)
      recent.note =
        "There is no embedder (\(problem)); the trajectory shows the \(k) most recent prompts "
        + "instead of the most relevant ones."
      return recent
    }
    let vectors = trajectory.embeddings
    let similarities = path.map { entry in
      guard let a = vectors[entry.instruction], let b = vectors[current.instruction] else {
        return 0.0
      }
      return a.cosine(to: b)
    }
    let last = path.count - 1
    let ranked = (0..<last).sorted { (similarities[$0], $0) > (similarities[$1], $1) }
    let chosen = ([last] + ranked).prefix(k).reversed()
    return TrajectoryExcerpt(entries: chosen.map { path[$0] }, order: Self.order)
  }

  private static let order = "from the least similar to the current prompt to the most similar"

  /// Embeds what has no vector yet; returns why that could not be done, or nil.
  private func embedMissing(
    in trajectory: inout Trajectory, _ session: any OptimizationSession
  ) async throws -> String? {
    var missing: [String] = []
    for text in trajectory.path.map(\.instruction)
    where trajectory.embeddings[text] == nil && !missing.contains(text) {
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
  /// The k prompts most similar to the current one.
  public static func relevance(_ k: Int) -> RelevanceSelection { RelevanceSelection(k: k) }
}
