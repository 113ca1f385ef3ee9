// SPDX-License-Identifier: Apache-2.0

/// Writes a new prompt, with the earlier ones as models.
public struct GenerateRefinement: Refinement {
  /// Creates it.
  public init() {}

  /// New prompts may share nothing with the current one.
  public var keepsCurrent: Bool { false }

  /// Asks for a new prompt.
  public func request(considering facts: String, position: String) -> String {
    "Consider \(facts). Then write a new prompt that "
      + "scores higher. It will stand \(position)."
  }
}

extension Refinement where Self == GenerateRefinement {
  /// Writes a new prompt, with the earlier ones as models.
  public static var generate: GenerateRefinement { GenerateRefinement() }
}
