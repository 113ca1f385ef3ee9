// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneModels
import HoneReport

/// The prices of a task's models, by role.
struct TaskPrices: Sendable {
  /// The prices that are known.
  private(set) var byRole: [ModelRole: TokenPrice] = [:]
  /// The names of the models without one.
  private(set) var unknown: [String] = []
  private let file: String

  /// Looks the models of a task up in the user's prices and the package's.
  /// - Throws: `PriceProblem` and `ModelError` for the user's file.
  init(_ task: PromptTask, environment: [String: String]) throws {
    file = RelativePath.fromHere(PriceBook.file(in: environment))
    let book = try PriceBook.load(environment)
    for role in ModelRole.allCases where role != .judge || task.models[.judge] != nil {
      let name = ModelOpening.name(of: role, in: task)
      if let price = book.price(of: name) {
        byRole[role] = price
      } else if !unknown.contains(name) {
        unknown.append(name)
      }
    }
  }

  /// What is said once of models without a price; nil when all have one.
  func notice(budget: Budget) -> String? {
    guard !unknown.isEmpty else { return nil }
    let names = unknown.map(VisibleText.line).joined(separator: " and ")
    return "no price is known for \(names): tokens are counted and money is not"
      + (budget.dollars == nil ? "" : ", so the budget of money does not hold for it")
      + "; write one into \(file)"
  }
}
