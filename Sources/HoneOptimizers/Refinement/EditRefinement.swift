// SPDX-License-Identifier: Apache-2.0

/// Changes the current prompt.
public struct EditRefinement: Refinement {
  /// Creates it.
  public init() {}

  /// Every new prompt is a change of the current one.
  public var keepsCurrent: Bool { true }

  /// Asks for a changed prompt.
  public func request(considering facts: String, position: String) -> String {
    "Consider \(facts). Then change the current prompt so "
      + "that it scores higher. It stands \(position)."
  }
}

extension Refinement where Self == EditRefinement {
  /// Changes the current prompt.
  public static var edit: EditRefinement { EditRefinement() }
}
