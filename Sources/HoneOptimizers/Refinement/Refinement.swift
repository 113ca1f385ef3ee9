// SPDX-License-Identifier: Apache-2.0

/// How a new prompt is made from the current one: the descent of the GPO paper's analogy.
public protocol Refinement: Sendable {
  /// Asks an optimizer model for the new prompt.
  ///
  /// `facts` is what to consider first, as the object of that verb; `position` says where the prompt
  /// stands.
  func request(considering facts: String, position: String) -> String

  /// Whether every new prompt is a change of the current one rather than written anew.
  var keepsCurrent: Bool { get }
}
