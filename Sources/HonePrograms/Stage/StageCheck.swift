// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What the outputs of a stage must be like, as a condition in Swift.
///
/// ```swift
/// try await run.call("answer", values, checks: [
///   .suggest("the answer must be one word") { !($0["answer"] ?? "").contains(" ") }
/// ])
/// ```
public struct StageCheck: Sendable {
  /// What is asked, as a sentence the model is told.
  public var requirement: String
  /// Whether the stage fails when it is not met after the last attempt.
  public var isRequired: Bool
  /// Whether outputs meet it.
  public var isMet: @Sendable ([String: String]) -> Bool

  /// A condition without which the stage fails.
  public static func require(
    _ requirement: String, _ isMet: @escaping @Sendable ([String: String]) -> Bool
  ) -> StageCheck {
    StageCheck(requirement: requirement, isRequired: true, isMet: isMet)
  }

  /// A condition that is told, and passed over after the last attempt.
  public static func suggest(
    _ requirement: String, _ isMet: @escaping @Sendable ([String: String]) -> Bool
  ) -> StageCheck {
    StageCheck(requirement: requirement, isRequired: false, isMet: isMet)
  }

  private init(
    requirement: String, isRequired: Bool,
    isMet: @escaping @Sendable ([String: String]) -> Bool
  ) {
    self.requirement = requirement
    self.isRequired = isRequired
    self.isMet = isMet
  }

  /// The condition of a declared check.
  init(_ check: FieldCheck) {
    self.init(
      requirement: "the field \(check.field) must \(check.requirement)",
      isRequired: check.isRequired
    ) { check.isMet(by: $0[check.field] ?? "") }
  }
}
