// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A condition that every proposal must meet before it costs a single evaluation.
///
/// An implementer rejects with a reason and never repairs.
public protocol ProposalGuard: Sendable {
  /// Why the text is turned down, or nil when it may pass.
  func problem(with text: String, in context: GuardContext) -> RejectionReason?
}

/// What guards compare a proposal with.
public struct GuardContext: Sendable {
  /// The instruction of the prompt the step starts from.
  public var parent: String
  /// The instructions that were there before.
  public var seen: Set<String>
  /// The most words that may change, when there is a limit.
  public var stepSize: Int?
  /// The rows that must not be repeated.
  public var train: [Example]

  /// Creates a context.
  public init(parent: String, seen: Set<String> = [], stepSize: Int? = nil, train: [Example] = []) {
    self.parent = parent
    self.seen = seen
    self.stepSize = stepSize
    self.train = train
  }
}

extension Array where Element == any ProposalGuard {
  /// The first reason of any guard to turn the text down, or nil.
  public func problem(with text: String, in context: GuardContext) -> RejectionReason? {
    for element in self {
      if let problem = element.problem(with: text, in: context) { return problem }
    }
    return nil
  }
}
